import { describe, expect, it } from 'vitest';
import { readUnsubscribeToken, unsubscribeToken } from '../../shared/delivery/token.ts';

const claim = { subscriber: 'AbCdEfGhIjKlMnOp', digest: 'QrStUvWxYz012345', version: 3 };
const token = unsubscribeToken(claim, 'key');

describe('an unsubscribe token', () => {
  it('says what it was made for, and fits a header line', () => {
    expect(readUnsubscribeToken(token, 'key')).toEqual(claim);
    expect(token.length).toBeLessThanOrEqual(70);
    expect(token).toMatch(/^[\w.-]+$/);
  });

  it('64: is nothing when any one of its characters is altered', () => {
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === 'x' ? 'y' : 'x';
      expect(readUnsubscribeToken(token.slice(0, at) + other + token.slice(at + 1), 'key'), `at ${at}`).toBeNull();
    }
  });

  it.each(['', '.', 'u1', 'u1....', `${token}.more`, token.slice(0, -1), ` ${token}`])('is not “%s”', (text) => {
    expect(readUnsubscribeToken(text, 'key')).toBeNull();
  });

  it('is nothing under another key', () => {
    expect(readUnsubscribeToken(token, 'other')).toBeNull();
  });
});
