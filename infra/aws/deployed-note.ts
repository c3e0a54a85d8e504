/** What the template of a stage remembers of the watch file that it was made from. */
import { deployedTemplate } from '../../shared/aws/deployed-template.ts';
import { stackName } from './output-names.ts';
import { type Note, unpackNote } from './what-changes.ts';

/** Where the template's metadata has its note of the watch file (`what-changes.ts`). */
export const noteKey = 'Watchword';

const noCredentials = 'this shell has no AWS credentials: “aws configure” or “aws sso login” makes some';

/**
 * @returns null for a stage that is not deployed; `unknown`, with the reason, when AWS could not be asked or the stack was
 *   not made here: what is deployed may then be anything
 */
export async function deployedNote(region: string, stage: string): Promise<Note | null | { readonly unknown: string }> {
  try {
    const template = await deployedTemplate(region, stackName(stage));
    if (template === null) return null;
    const { Metadata } = template as { readonly Metadata?: Readonly<Record<string, unknown>> };
    return unpackNote(Metadata?.[noteKey]) ?? { unknown: 'its stack says nothing of a watch file' };
  } catch (fault) {
    if (fault instanceof Error && fault.name === 'CredentialsProviderError') return { unknown: noCredentials };
    return { unknown: fault instanceof Error ? fault.message : String(fault) };
  }
}
