/** The language by example, read from the published table: each case as a watch, an entry, and what is to be found. */
import { readFileSync } from 'node:fs';
import { plainText } from '../../shared/feed/plain-text.ts';
import type { Watch } from '../../shared/watch/config.ts';
import type { EntryContext, EntryText } from '../../shared/watch/match.ts';
import { watchOf } from '../../shared/watch/watch-of.ts';
import { watchShape } from '../../shared/watch/watch-shape.ts';
import { entryOf } from './watch-of-lines.ts';

/** As it stands in the table; see its README. */
interface WrittenCase {
  readonly term?: string;
  readonly watch?: object;
  readonly lists?: Readonly<Record<string, readonly string[]>>;
  readonly text?: string;
  readonly html?: string;
  readonly entry?: Partial<EntryText>;
  readonly feed?: EntryContext['feed'];
  readonly day?: string;
  readonly finds: readonly string[];
  readonly why: string;
}

export interface LanguageCase {
  readonly section: string;
  readonly why: string;
  /** The case in short, for the name of a test. */
  readonly shown: string;
  readonly watch: Watch;
  readonly entry: EntryText;
  readonly context: EntryContext;
  /** The texts of all places, in the order of the entry; none: the watch does not hold. */
  readonly finds: readonly string[];
}

const sections: readonly { section: string; rule: string; cases: readonly WrittenCase[] }[] = JSON.parse(
  readFileSync('test/corpora/terms/cases.json', 'utf8'),
);

export const languageCases: readonly LanguageCase[] = sections.flatMap(({ section, cases }) =>
  cases.map(({ term, watch, lists = {}, text, html, entry, feed = null, day = '2026-11-23', finds, why }) => {
    const written = watchShape.parse({ watch: 'A watch', ...(watch ?? { any: [term] }) });
    const read = html === undefined ? (entry ?? text ?? '') : (plainText(html, 'html') ?? '');
    return {
      section,
      why,
      shown: JSON.stringify([term ?? watch, html ?? read]),
      watch: watchOf(written, lists),
      entry: entryOf(read),
      context: { feed, day },
      finds,
    };
  }),
);
