import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Action, type Claim, type Keys, readToken, tokenOf } from '../../shared/delivery/token.ts';

const keys: Keys = { current: { id: '2', secret: 'new' }, previous: { id: '1', secret: 'old' }, identity: 'who' };
const claim: Claim = { action: 'unsubscribe', subject: 'AbCdEfGhIjKlMnOp', digest: 'QrStUvWxYz012345', version: 3 };
const token = tokenOf(claim, keys);
const actions: readonly Action[] = ['confirm', 'preferences', 'unsubscribe', 'export', 'issue'];

describe('a token', () => {
  it('says what it was made for, and fits a header line', () => {
    expect(readToken('unsubscribe', token, keys)).toEqual(claim);
    expect(tokenOf({ ...claim, version: 123_456 }, keys).length).toBeLessThanOrEqual(80);
    expect(token).toMatch(/^[\w.-]+$/);
  });

  it('may name no digest', () => {
    const all = { ...claim, digest: null };
    expect(readToken('unsubscribe', tokenOf(all, keys), keys)).toEqual(all);
  });

  it('64: is nothing when any one of its characters is altered', () => {
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === 'x' ? 'y' : 'x';
      const altered = token.slice(0, at) + other + token.slice(at + 1);
      expect(readToken('unsubscribe', altered, keys), `at ${at}`).toBeNull();
    }
  });

  it.each(['', '.', 'u2', 'u2.....', `${token}.more`, token.slice(0, -1), ` ${token}`])('is not “%s”', (text) => {
    expect(readToken('unsubscribe', text, keys)).toBeNull();
  });

  it('64: does the one action that it was made for', () => {
    for (const made of actions) {
      for (const used of actions) {
        expect(readToken(used, tokenOf({ ...claim, action: made }, keys), keys) !== null).toBe(made === used);
      }
    }
  });

  it('is still read after one change of the key, and nothing under a foreign one', () => {
    const old = tokenOf(claim, { current: { id: '1', secret: 'old' } });
    expect(readToken('unsubscribe', old, keys)).toEqual(claim);
    expect(readToken('unsubscribe', old, { ...keys, previous: null })).toBeNull();
    expect(readToken('unsubscribe', tokenOf(claim, { current: { id: '2', secret: 'other' } }), keys)).toBeNull();
  });

  it('of the first Watchword, which named no key, is still read', () => {
    const body = 'u1.AbCdEfGhIjKlMnOp.QrStUvWxYz012345.3';
    const former = `${body}.${createHmac('sha256', 'old').update(body).digest('base64url').slice(0, 22)}`;
    expect(readToken('unsubscribe', former, keys)).toEqual(claim);
    expect(readToken('unsubscribe', former, { ...keys, previous: null })).toBeNull();
    for (const altered of [former.replace('.3.', '.4.'), `${former}.more`, former.slice(0, -1)]) {
      expect(readToken('unsubscribe', altered, keys)).toBeNull();
    }
    expect(readToken('preferences', former.replace('u1', 'p1'), keys)).toBeNull();
  });
});
