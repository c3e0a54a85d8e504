/** What a stack tells of itself, as CloudFormation keeps it. */
import {
  CloudFormationClient,
  CloudFormationServiceException,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';

/**
 * @param region null for the one of the environment or of the operator's AWS profile
 * @returns the outputs by their names, and the region they are from; null when there is no such stack
 * @throws what the SDK says when that cannot be learnt: without credentials, rights or a network
 */
export async function stackOutputs(
  stack: string,
  region: string | null,
): Promise<{ readonly region: string; readonly outputs: Readonly<Record<string, string>> } | null> {
  const client = new CloudFormationClient(region === null ? {} : { region });
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    const outputs = (Stacks?.[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]);
    return { region: await client.config.region(), outputs: Object.fromEntries(outputs) };
  } catch (fault) {
    // CloudFormation has no name of its own for it.
    const isAbsent = fault instanceof CloudFormationServiceException && fault.name === 'ValidationError';
    if (isAbsent && /does not exist/.test(fault.message)) return null;
    throw fault;
  } finally {
    client.destroy();
  }
}
