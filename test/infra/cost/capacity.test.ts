/** Item sizes and units as the DynamoDB Developer Guide gives them. */
import { describe, expect, it } from 'vitest';
import { itemBytes, readUnits, writeUnits } from '../../../infra/cost/capacity.ts';

describe('an item is as large as', () => {
  it('the names of its attributes and what they hold, in UTF-8', () => {
    expect(itemBytes({ pk: { S: 'shard#0' }, sk: { S: 'é' } })).toBe(2 + 7 + 2 + 2);
    expect(itemBytes({ b: { B: new Uint8Array(550) } })).toBe(551);
    expect(itemBytes({ t: { BOOL: true }, n: { NULL: true } })).toBe(4);
  });

  it.each([
    ['0', 1],
    ['7', 2],
    ['100', 2],
    ['123', 3],
    ['-123', 4],
    ['1798000000000', 3],
    ['0.25', 2],
  ])('a number by its significant digits: %s', (N, bytes) => {
    expect(itemBytes({ n: { N } })).toBe(1 + bytes);
  });

  it('lists and maps with three bytes of their own, and one for each element', () => {
    expect(itemBytes({ l: { L: [{ S: 'ab' }, { S: 'c' }] } })).toBe(1 + 3 + 2 + 3);
    expect(itemBytes({ m: { M: { key: { S: 'v' } } } })).toBe(1 + 3 + 1 + 4);
  });
});

describe('a request takes', () => {
  it.each([
    [0, 1],
    [4_096, 1],
    [4_097, 2],
    [661_000, 162],
  ])('for %i bytes read, %i units, or half of it when they may lag', (bytes, units) => {
    expect(readUnits(bytes, true)).toBe(units);
    expect(readUnits(bytes, false)).toBe(units / 2);
  });

  it.each([
    [0, 1],
    [1_024, 1],
    [1_025, 2],
  ])('for %i bytes written, %i units', (bytes, units) => {
    expect(writeUnits(bytes)).toBe(units);
  });
});
