import { describe, expect, it } from 'vitest';
import { freshSeconds } from '../../shared/fetch/freshness.ts';

const date = 'Mon, 23 Nov 2026 12:00:00 GMT';

describe('how long an answer is fresh', () => {
  it.each([
    [{}, null],
    [{ 'cache-control': 'max-age=600' }, 600],
    [{ 'cache-control': 'public, Max-Age = "600", must-revalidate', expires: '0' }, 600],
    [{ 'cache-control': 'max-age=600', age: '200' }, 400],
    [{ 'cache-control': 'max-age=600', age: '900' }, 0],
    [{ 'cache-control': 's-maxage=600' }, null],
    [{ 'cache-control': 'no-cache, max-age=600' }, 0],
    [{ 'cache-control': 'max-age=abc' }, null],
    [{ date, expires: 'Mon, 23 Nov 2026 13:00:00 GMT' }, 3_600],
    [{ date, expires: 'Mon, 23 Nov 2020 13:00:00 GMT' }, 0],
    [{ date, expires: '0' }, 0],
    [{ expires: 'Mon, 23 Nov 2026 13:00:00 GMT' }, null],
  ] as const)('%j: %s seconds', (headers, seconds) => {
    expect(freshSeconds(headers as Record<string, string>)).toBe(seconds);
  });
});
