/** People whom an older Watchword kept under a hash without a key: what they had ended stays ended under their new name. */
import { idOf } from '../id.ts';
import type { Table } from '../world.ts';
import { peopleKeys } from './keys.ts';
import { queryAll } from './whole.ts';

/** What an older Watchword would name this address by. */
export function formerId(address: string): string {
  return idOf(
    'subscriber',
    address.replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
  );
}

/**
 * Subscriptions, ended ones above all, and suppressions; the profile is made anew. The former rows stay until the person is
 * erased: a mail that waits under the former name still finds them.
 */
export async function carryOver(people: Table, address: string, subscriber: string): Promise<void> {
  const { pk } = peopleKeys.subscriber(subscriber);
  const former = formerId(address);
  let found = false;
  for await (const item of queryAll(people, { pk: peopleKeys.subscriber(former).pk })) {
    found = true;
    if (!item.sk.startsWith('digest#') && item.sk !== 'suppressed') continue;
    await people.putIf({ ...item, pk, ...(item.sk !== 'suppressed' && { subscriber }) }, 'absent');
  }
  if (found) await people.put({ ...peopleKeys.renamed(former), subscriber });
}

/** By which name somebody goes now whom an old link names; null when that is the name itself. */
export async function presentNameOf(people: Table, subscriber: string): Promise<string | null> {
  const row = await people.get(peopleKeys.renamed(subscriber));
  return row === null ? null : String(row.subscriber);
}
