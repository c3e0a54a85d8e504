/** Counts of mails that came back, kept with the person. */
import { afterDelivery, afterSoftBounce, type Bounces, isUnreachable, noBounces } from '../delivery/bounces.ts';
import type { Instant } from '../time.ts';
import type { Item, Table, Value } from '../world.ts';
import { peopleKeys } from './keys.ts';
import { mustHold, persistently } from './subscribing.ts';

/** @returns whether the address counts as unreachable now */
export async function noteSoftBounce(people: Table, subscriber: string, mail: string, at: Instant): Promise<boolean> {
  return isUnreachable(await move(people, subscriber, (bounces) => afterSoftBounce(bounces, mail, at)));
}

/** A read only, where nothing came back since. */
export async function noteDelivered(people: Table, subscriber: string, at: Instant): Promise<void> {
  await move(people, subscriber, (bounces) => afterDelivery(bounces, at));
}

export function bouncesIn({ mails, deliveredAt }: Item): Bounces {
  return { mails, deliveredAt } as unknown as Bounces;
}

async function move(people: Table, subscriber: string, step: (bounces: Bounces) => Bounces): Promise<Bounces> {
  const key = peopleKeys.bounces(subscriber);
  return persistently(async () => {
    const item = await people.get(key);
    const before = item === null ? noBounces : bouncesIn(item);
    const { mails, deliveredAt } = step(before);
    if (mails === before.mails) return before;
    const rev = Number(item?.rev ?? 0);
    const row = { ...key, mails: mails as unknown as Value, deliveredAt, rev: rev + 1 };
    mustHold(await people.putIf(row, item === null ? 'absent' : { rev }));
    return { mails, deliveredAt };
  });
}
