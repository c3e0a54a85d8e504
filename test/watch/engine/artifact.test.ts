import { describe, expect, it } from 'vitest';
import { idOf } from '../../../shared/id.ts';
import { limits } from '../../../shared/limits.ts';
import { compile } from '../../../shared/watch/compile.ts';
import { engineOf } from '../../../shared/watch/engine.ts';
import { entryOf, type Look, watchOf } from '../watch-of-lines.ts';

const named = (name: string, look: Look) => ({ ...watchOf(look), id: idOf('watch', name), name });
const watches = [
  named('Ben Wallace', 'Ben Wallace'),
  named('Encryption', { any: ['encryption~', 'end-to-end encryption', 'crypto*'], none: ['full-disk encryption~'] }),
  named('Press', { any: ['flood'], feeds: ['press'], in: 'title' }),
];
const everywhere = { feed: null, day: '2026-11-23' };

describe('compiled watches', () => {
  it('are the same bytes for the same watches', () => {
    expect(compile(watches)).toEqual(compile(watches));
  });

  it('tell of a hit the watch as it was written, but for its examples', () => {
    const [match] = engineOf(compile(watches)).match(entryOf('Flood of cryptography'), everywhere);
    expect(match?.watch).toEqual(watches[1]);
    const tried = { ...watchOf('flood'), examples: { match: ['A flood'], noMatch: [] } };
    expect(engineOf(compile([tried])).match(entryOf('A flood'), everywhere)[0]?.watch).toEqual(watchOf('flood'));
  });

  it('tell of a watch that is its one line what it is called', () => {
    expect(engineOf(compile(watches)).match(entryOf('ben wallace resigns'), everywhere)[0]?.watch).toEqual(watches[0]);
  });

  it('of none find nothing', () => {
    expect(engineOf(compile([])).match(entryOf('Any text'), everywhere)).toEqual([]);
  });

  it('can be used where they lie in other bytes', () => {
    const bytes = compile(watches);
    const within = new Uint8Array(bytes.length + 3);
    within.set(bytes, 3);
    expect(engineOf(within.subarray(3)).match(entryOf('A crypto bank'), everywhere)).toHaveLength(1);
  });
});

describe('bytes that are no compiled watches are refused in a sentence', () => {
  const bytes = compile(watches);
  const changed = (at: number, value: number) => Uint8Array.from(bytes, (byte, nth) => (nth === at ? value : byte));
  const cases: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['nothing at all', new Uint8Array(), /too few bytes/],
    ['another file', Buffer.from('{"watches": []}'.padEnd(200)), /something else/],
    ['another version', changed(4, 99), /version 99/],
    ['cut off', bytes.subarray(0, bytes.length - 8), /missing/],
    ['with a byte too many', Buffer.concat([bytes, Buffer.alloc(8)]), /too many/],
    ['damaged', changed(bytes.length - 20, (bytes[bytes.length - 20] ?? 0) ^ 1), /damaged/],
  ];
  it.each(cases)('%s', (_, given, why) => {
    expect(() => engineOf(given)).toThrow(why);
    expect(() => engineOf(given)).toThrow(/Compile the watch file again\.$/);
  });
});

describe('an entry with more places than can be told', () => {
  const two = ['harbour', 'bridge'].map((word) => named(word, word));
  const engine = engineOf(compile(two));
  const many = limits.placesPerEntryMax;

  it('says that some are left out, and leaves out no watch', () => {
    const found = engine.match(
      { title: null, summary: null, content: `${'harbour '.repeat(many + 10)} bridge bridge` },
      everywhere,
    );
    expect(found.map(({ watch, matches }) => [watch.name, matches.length])).toEqual([
      ['harbour', many],
      ['bridge', 1],
    ]);
    expect(engine.leftOut).toBe(true);
  });

  it('says so of this entry only', () => {
    engine.match(entryOf('harbour bridge'), everywhere);
    expect(engine.leftOut).toBe(false);
  });
});
