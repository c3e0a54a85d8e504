/** The keys of links and names, kept in Secrets Manager by the deployment. */
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { assert } from '../assert.ts';
import type { Keys } from '../delivery/token.ts';

/**
 * @param name or ARN of a secret that holds `Keys` as JSON
 * @throws when it cannot be read: a function without its keys must not answer
 */
export async function secretKeys(name: string): Promise<Keys> {
  const client = new SecretsManagerClient({});
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: name }));
    assert(SecretString !== undefined, 'the secret of the keys is text');
    return JSON.parse(SecretString) as Keys;
  } finally {
    client.destroy();
  }
}
