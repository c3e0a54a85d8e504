/** What a history keeps comes back as it was, whatever a kill left at an end. */
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packScanned, type Scanned, unpackScanned } from '../../shared/poll/scanned.ts';

const scanned = (id: string, title = `Headline ${id}`): Scanned => ({
  at: 1_795_000_000_000,
  feed: 'feed',
  entry: { id, title, link: null, publishedAt: null, summary: 'Text\nof two lines', content: null },
});
const members = ['a', 'b', 'c'].map((id) => packScanned([scanned(id), scanned(`${id}2`)]));
const idsIn = (file: Uint8Array) => unpackScanned(file).map(({ entry }) => entry.id);

describe('a day of history', () => {
  it('is a gzip file of JSON lines, and comes back as it was', () => {
    const file = Buffer.concat(members);
    expect(unpackScanned(file)[1]).toEqual(scanned('a2'));
    expect(idsIn(file)).toEqual(['a', 'a2', 'b', 'b2', 'c', 'c2']);
    expect(gunzipSync(file).toString().split('\n')).toHaveLength(7);
    expect(unpackScanned(new Uint8Array())).toEqual([]);
  });

  it('loses, wherever it was cut, only what was cut; what is added later is read', () => {
    const [first = new Uint8Array(), second = new Uint8Array(), third = new Uint8Array()] = members;
    for (let length = 0; length < second.length; length++) {
      const file = Buffer.concat([first, second.subarray(0, length), third]);
      expect(idsIn(file), `cut after ${length} bytes`).toEqual(['a', 'a2', 'c', 'c2']);
    }
  });

  it('keeps any text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (titles) => {
        const all = titles.map((title, at) => scanned(`${at}`, title));
        expect(unpackScanned(packScanned(all))).toEqual(all);
      }),
    );
  });
});
