/** Documents of the corpus, changed at random: for tests of what holds whatever the bytes are. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';

const folder = new URL('../corpora/feeds/', import.meta.url);

/** Every document of the corpus. */
export const documents: readonly Buffer[] = readdirSync(folder)
  .filter((file) => !file.endsWith('.expect.json'))
  .map((file) => readFileSync(new URL(file, folder)));

const pieces = [
  '<item>',
  '</item>',
  '<title>',
  '</title>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '&',
  '<',
  '>',
  '"',
  '\0',
];

const edit = fc.record({
  at: fc.nat(),
  drop: fc.nat(20),
  put: fc.oneof(
    fc.constantFrom(...pieces).map((piece) => Buffer.from(piece)),
    fc.uint8Array({ maxLength: 4 }),
  ),
});

export type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

export const edits = fc.array(edit, { maxLength: 6 });

export function edited(document: Uint8Array, changes: readonly Edit[]): Buffer {
  let changed = Buffer.from(document);
  for (const { at, drop, put } of changes) {
    const from = at % (changed.length + 1);
    changed = Buffer.concat([changed.subarray(0, from), put, changed.subarray(from + drop)]);
  }
  return changed;
}

export const anyDocument = fc.constantFrom(...documents);

/** A document of the corpus with up to six edits. */
export const mutant = fc.tuple(anyDocument, edits).map(([document, changes]) => edited(document, changes));
