/** How Watchword names itself to publishers. They block clients without an honest name, and write to those that have one. */

/** Of this program; the package says the same. */
export const version = '0.1.0';

/** @param contact address of a page that says who asks and how to reach them; null when the watch file names none */
export function userAgentOf(contact: string | null): string {
  return `Watchword/${version} (${contact === null ? 'news monitor' : `+${contact}`})`;
}
