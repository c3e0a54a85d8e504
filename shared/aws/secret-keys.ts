/** The keys of links and names, kept in Secrets Manager by the deployment. */
import { createHmac } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { assert } from '../assert.ts';
import type { Keys } from '../delivery/token.ts';

/**
 * @param name or ARN of a secret, see {@link keysOf}
 * @param region for who is not a function, and has no environment that names it
 * @throws when it cannot be read: a function without its keys must not answer
 */
export async function secretKeys(name: string, region?: string): Promise<Keys> {
  const client = new SecretsManagerClient(region === undefined ? {} : { region });
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: name }));
    assert(SecretString !== undefined, 'the secret of the keys is text');
    return keysOf(SecretString);
  } finally {
    client.destroy();
  }
}

/**
 * @param secret `{"seed": …}`, as a stack makes it, which can draw one random text and no more: both keys are derived from
 *   it. Or `Keys` as JSON, as it stands after a key was changed.
 * @throws on anything else: with half a key anybody could sign links
 */
export function keysOf(secret: string): Keys {
  const held = JSON.parse(secret) as Partial<Keys> & { readonly seed?: string };
  if (held.seed !== undefined) {
    assert(held.seed.length >= seedCharsMin, 'the seed of the keys is long enough');
    const derived = (what: string) => createHmac('sha256', String(held.seed)).update(what).digest('base64url');
    return { current: { id: '1', secret: derived('links 1') }, previous: null, identity: derived('identity') };
  }
  const { current, previous, identity } = held;
  assert(current?.id && current.secret && identity && previous !== undefined, 'the secret holds keys');
  return { current, previous, identity };
}

/** Of letters and digits: 190 bits. */
const seedCharsMin = 32;
