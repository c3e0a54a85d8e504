/** What keeps a host from doing its work on this machine, told to the person who started it. Exit code 1. */

/** The message is one whole sentence that says what is wrong and what to do; `cause` is what the system said. */
export class HostProblem extends Error {}

/** Another process has the data folder. */
export class DataFolderBusy extends HostProblem {}

/**
 * A fault of the file system as a sentence.
 *
 * @param what what was to be done, e.g. 'The data folder /srv/watch cannot be used'
 */
export function diskProblem(what: string, fault: unknown): HostProblem {
  return new HostProblem(`${what}: ${reasons[codeOf(fault) ?? ''] ?? messageOf(fault)}.`, { cause: fault });
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a file stands where a folder should be',
  EEXIST: 'a file stands where a folder should be',
  ENOENT: 'there is no such place',
  EMFILE: 'too many files are open',
};

/** The system's code for a fault, such as `ENOSPC`. */
export function codeOf(fault: unknown): string | null {
  if (typeof fault !== 'object' || fault === null || !('code' in fault)) return null;
  return typeof fault.code === 'string' ? fault.code : null;
}

function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
