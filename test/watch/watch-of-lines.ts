/** Watches and entries for tests, of only what matters to a case. */
import type { Watch } from '../../shared/watch/config.ts';
import type { EntryText } from '../../shared/watch/match.ts';

export type Look = string | Partial<Watch>;

/** One line stands for a watch with just that under `any`. */
export function watchOf(look: Look): Watch {
  return {
    id: 'watch',
    name: 'A watch',
    any: typeof look === 'string' ? [look] : null,
    all: null,
    near: null,
    atLeast: null,
    person: null,
    office: null,
    none: [],
    in: null,
    feeds: null,
    noisy: false,
    examples: { match: [], noMatch: [] },
    ...(typeof look === 'string' ? {} : look),
  };
}

/** A text alone is a title. */
export function entryOf(text: string | Partial<EntryText>): EntryText {
  const nothing = { title: null, summary: null, content: null };
  return typeof text === 'string' ? { ...nothing, title: text } : { ...nothing, ...text };
}
