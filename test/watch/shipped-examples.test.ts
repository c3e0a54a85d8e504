/** The watch files that ship are examples to everybody: each of their watches is shown by its own examples to do as it says. */

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Watch } from '../../shared/watch/config.ts';
import { matcherOf } from '../../shared/watch/match.ts';
import { readConfig } from '../../shared/watch/read-config.ts';

const today = '2026-11-23';

/** An example is a headline; for a watch that looks only at texts it is a text. */
function finds(watch: Watch, text: string): boolean {
  const inBody = watch.in === 'body';
  const entry = { title: inBody ? null : text, summary: inBody ? text : null, content: null };
  return matcherOf([watch]).match(entry, { feed: null, day: today }).length > 0;
}

describe.each(['watch.yaml', 'seeds/watch.yaml'])('%s', (file) => {
  const read = readConfig(readFileSync(file, 'utf8'), {
    file,
    today,
    readFile: (path) => readFileSync(join(dirname(file), path), 'utf8'),
  });
  const watches = 'config' in read ? read.config.watches : [];

  it('has no problem and no warning', () => {
    expect(read).toMatchObject({ warnings: [] });
    expect('problems' in read ? read.problems : []).toEqual([]);
  });

  it('has for every watch a headline that it finds, and one that it does not', () => {
    expect(watches.length).toBeGreaterThan(4);
    expect(watches.filter(({ examples }) => examples.match.length === 0 || examples.noMatch.length === 0)).toEqual([]);
  });

  const examples = watches.flatMap((watch) => [
    ...watch.examples.match.map((text) => ({ watch, name: watch.name, text, found: true })),
    ...watch.examples.noMatch.map((text) => ({ watch, name: watch.name, text, found: false })),
  ]);
  it.each(examples)('$name: "$text" is found: $found', ({ watch, text, found }) => {
    expect(finds(watch, text)).toBe(found);
  });
});
