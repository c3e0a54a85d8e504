/** What CloudFormation keeps of a stack: the template that it was last made from. */
import {
  CloudFormationClient,
  CloudFormationServiceException,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';

/**
 * @param stack its name
 * @returns null when there is no such stack
 * @throws when that cannot be learnt: without credentials, rights or a network
 */
export async function deployedTemplate(region: string, stack: string): Promise<object | null> {
  const client = new CloudFormationClient({ region });
  try {
    const { TemplateBody } = await client.send(new GetTemplateCommand({ StackName: stack }));
    return JSON.parse(TemplateBody ?? 'null') as object | null;
  } catch (fault) {
    // CloudFormation has no name of its own for it.
    const isAbsent = fault instanceof CloudFormationServiceException && fault.name === 'ValidationError';
    if (isAbsent && /does not exist/.test(fault.message)) return null;
    throw fault;
  } finally {
    client.destroy();
  }
}
