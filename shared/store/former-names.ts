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

/** Subscriptions, ended ones above all, and suppressions; the profile is made anew. */
export async function carryOver(people: Table, address: string, subscriber: string): Promise<void> {
  const { pk } = peopleKeys.subscriber(subscriber);
  for await (const item of queryAll(people, { pk: peopleKeys.subscriber(formerId(address)).pk })) {
    if (item.sk === 'profile') continue;
    await people.putIf({ ...item, pk, ...(item.sk.startsWith('digest#') && { subscriber }) }, 'absent');
  }
}
