/** Readers of editions: who may be meant by an issue, and which editions there are at all. Consent is asked elsewhere. */
import type { Edition } from '../delivery/edition.ts';
import type { Instant } from '../time.ts';
import type { Table, Value } from '../world.ts';
import { peopleKeys } from './keys.ts';

/** Before the subscription itself: a reader without one is asked in vain, a subscription without a reader gets nothing. */
export async function joinEdition(people: Table, edition: Edition, subscriber: string, now: Instant): Promise<void> {
  await people.put({ ...peopleKeys.reader(edition.id, subscriber), since: now });
  if (edition.id === edition.digest) return;
  const { when, zone } = edition;
  const row = { when: when as unknown as Value, zone, since: now, rev: 1 };
  await people.putIf({ ...peopleKeys.edition(edition.digest, edition.id), ...row }, 'absent');
}

export async function forgetReader(people: Table, edition: string, subscriber: string): Promise<void> {
  await people.delete(peopleKeys.reader(edition, subscriber));
}
