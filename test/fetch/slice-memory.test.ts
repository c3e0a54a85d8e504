import { describe, expect, it } from 'vitest';
import { type Slices, unsliced } from '../../shared/feed/slices.ts';
import { SliceMemory } from '../../shared/fetch/slice-memory.ts';
import { limits } from '../../shared/limits.ts';

const mark = { id: '', name: '', text: '', path: null };
const slicesOf = (entries: number): Slices => ({
  base: '',
  marks: new Map(Array.from({ length: entries }, (_, entry) => [String(entry), mark])),
});
const half = slicesOf(limits.slicesRememberedMax / 2);

describe('what a process remembers of documents', () => {
  it('is what was kept last of each address', () => {
    const memory = new SliceMemory();
    expect(memory.of('a')).toBe(unsliced);
    memory.keep('a', slicesOf(1));
    memory.keep('b', slicesOf(2));
    memory.keep('a', slicesOf(3));
    expect([memory.of('a').marks.size, memory.of('b').marks.size]).toEqual([3, 2]);
  });

  it('is nothing of a document that cannot be sliced any more', () => {
    const memory = new SliceMemory();
    memory.keep('a', slicesOf(1));
    memory.keep('a', unsliced);
    expect(memory.of('a')).toBe(unsliced);
  });

  it('has its bound in entries, and forgets the feeds that were kept longest ago', () => {
    const memory = new SliceMemory();
    for (let times = 0; times < 5; times += 1) memory.keep('a', half); // counts once
    memory.keep('b', half);
    memory.keep('a', half); // the newer one now
    memory.keep('c', slicesOf(1));
    expect(['a', 'b', 'c'].map((address) => memory.of(address).marks.size > 0)).toEqual([true, false, true]);
  });
});
