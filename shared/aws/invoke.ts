/** A function of a deployment, run at an operator's wish. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

/**
 * Waits for its end.
 *
 * @returns null when it ended well, else what it said of its failure
 * @throws when it could not be run
 */
export async function invokeFunction(region: string, name: string, event: object): Promise<string | null> {
  // Tried once: a second try would be a second run, and whoever asked can ask again.
  const client = new LambdaClient({ region, maxAttempts: 1 });
  try {
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(event) }),
    );
    if (FunctionError === undefined) return null;
    const { errorMessage } = JSON.parse(Buffer.from(Payload ?? []).toString() || '{}') as { errorMessage?: string };
    return errorMessage ?? FunctionError;
  } finally {
    client.destroy();
  }
}
