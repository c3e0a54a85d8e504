import { describe, expect, it } from 'vitest';
import { keysOf } from '../../shared/aws/secret-keys.ts';
import { type Claim, readToken, tokenOf } from '../../shared/delivery/token.ts';

const seed = 'q'.repeat(64);
const claim: Claim = { action: 'unsubscribe', subject: 'reader', digest: 'brief', version: 3 };

describe('the keys of a deployment', () => {
  it('are derived from the one text that a stack can draw, always the same, and unlike each other', () => {
    const keys = keysOf(JSON.stringify({ seed }));
    expect(keysOf(JSON.stringify({ seed }))).toEqual(keys);
    expect(new Set([seed, keys.current.secret, keys.identity]).size).toBe(3);
    expect(keysOf(JSON.stringify({ seed: 'r'.repeat(64) })).identity).not.toBe(keys.identity);
    expect(readToken('unsubscribe', tokenOf(claim, keys), keys)).toEqual(claim);
  });

  it('are read as they stand once they were changed by hand; links signed before keep working', () => {
    const before = keysOf(JSON.stringify({ seed }));
    const after = keysOf(
      JSON.stringify({
        current: { id: '2', secret: 'n'.repeat(43) },
        previous: before.current,
        identity: before.identity,
      }),
    );
    expect(after.identity).toBe(before.identity);
    expect(readToken('unsubscribe', tokenOf(claim, before), after)).toEqual(claim);
    expect(tokenOf(claim, after)).not.toBe(tokenOf(claim, before));
  });

  it.each([
    '',
    '{}',
    'null',
    '{"seed":"short"}',
    '{"seed":7}',
    '{"current":{"id":"2","secret":""},"previous":null,"identity":"x"}',
    '{"current":{"id":"2","secret":"n"},"previous":null}',
    '{"current":{"id":"2","secret":"n"},"identity":"x"}',
  ])('are refused when they are not whole: %s', (text) => {
    expect(() => keysOf(text)).toThrow();
  });
});
