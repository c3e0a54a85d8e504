import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryKey, pathKey } from '../../shared/feed/entry-key.ts';
import { compareWithSeen, withoutLinks } from '../../shared/poll/seen.ts';
import { entry } from './situations.ts';

const marksOf = (...entries: Parameters<typeof compareWithSeen>[0]) =>
  compareWithSeen(entries, new Uint8Array()).seen.renamed;
const ids = (entries: readonly { readonly id: string }[]) => entries.map(({ id }) => id);
const many = (name: string, count = 10) =>
  Array.from({ length: count }, (_, n) =>
    entry(`${name}-${n}`, { link: `https://a.example/${n}`, title: `Title ${n}` }),
  );

describe('an entry under a new name', () => {
  it('is known by link and text together', () => {
    const [old, renamed] = [
      entry('old', { link: 'https://a.example/1' }),
      entry('new', { link: 'https://a.example/1', title: 'Headline old' }),
    ];
    expect(compareWithSeen([renamed], marksOf(old))).toMatchObject({ fresh: [], edited: [], overlaps: true });
  });

  it('is new when only its link is known: pages that are written anew each day have one address', () => {
    const before = entry('monday', { link: 'https://a.example/weather' });
    const after = entry('tuesday', { link: 'https://a.example/weather' });
    const compared = compareWithSeen([after], marksOf(before));
    expect(ids(compared.fresh)).toEqual(['tuesday']);
    expect(compared.overlaps).toBe(false);
  });

  it('is new when its link stands at several entries, or is the front page', () => {
    const shared = [entry('a', { link: 'https://a.example/live' }), entry('b', { link: 'https://a.example/live' })];
    const again = [
      entry('c', { link: 'https://a.example/live', title: 'Headline a' }),
      entry('d', { link: 'https://a.example/live' }),
    ];
    expect(ids(compareWithSeen(again, marksOf(...shared)).fresh)).toEqual(['c', 'd']);
    expect(pathKey('https://a.example/')).toBeNull();
  });

  it('is one of a renaming when more than four in five known links come so, from five on', () => {
    expect(compareWithSeen(many('new'), marksOf(...many('old')))).toMatchObject({ fresh: [], overlaps: true });
    expect(compareWithSeen(many('new'), marksOf(...many('old'))).renamed).toHaveLength(10);
    const mostly = [...many('new').slice(0, 8), ...many('old').slice(8)];
    expect(compareWithSeen(mostly, marksOf(...many('old'))).renamed).toEqual([]);
    expect(compareWithSeen(many('new', 4), marksOf(...many('old', 4))).renamed).toEqual([]);
  });

  it('does not take what is truly new into the renaming', () => {
    const compared = compareWithSeen([entry('fresh'), ...many('new')], marksOf(...many('old')));
    expect(ids(compared.fresh)).toEqual(['fresh']);
  });
});

describe('the key of an entry', () => {
  it.each([
    ['http://a.example/1', 'https://a.example/1'],
    ['https://A.example/1/', 'https://a.example/1'],
    ['https://a.example/1?utm_source=x&id=2&fbclid=z', 'https://a.example/1?id=2'],
    ['https://a.example/?p=12', 'https://a.example?p=12'],
    ['https://a.example/1#2', 'https://a.example/1#2'],
    ['tag:a.example,2026:1', 'tag:a.example,2026:1'],
    ['http://', 'http://'],
  ])('of %s is %s', (id, key) => {
    expect(entryKey(id)).toBe(key);
  });

  it('keeps apart what differs in anything but tracking (row 41)', () => {
    expect(entryKey('https://a.example/?p=1')).not.toBe(entryKey('https://b.example/?p=1'));
    expect(entryKey('https://a.example/?ref=1')).not.toBe(entryKey('https://a.example/?ref=2'));
  });

  it('is made of any text without a fault', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof entryKey(`https://${text}`) === 'string'));
  });
});

describe('marks of an earlier version', () => {
  it('still know their entries: nine bytes, and names as publishers wrote them (row 39)', () => {
    const id = 'http://a.example/1';
    const name = createHash('sha256').update(id).digest('hex').slice(0, 12);
    const marks = withoutLinks(new Uint8Array(Buffer.from(`${name}000000`, 'hex')));
    const compared = compareWithSeen([entry(id), entry('b')], marks);
    expect([ids(compared.fresh), ids(compared.edited)]).toEqual([['b'], [id]]);
  });
});
