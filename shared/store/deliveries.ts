/** Deliveries: put once, then moved one step at a time, each step on condition that nobody moved it meanwhile. */
import { type Delivery, queued } from '../delivery/delivery.ts';
import { idOf } from '../id.ts';
import type { Instant } from '../time.ts';
import type { Item, Table, Value } from '../world.ts';
import { peopleKeys } from './keys.ts';
import { getAll, queryAll } from './whole.ts';

/**
 * Queues an issue for a subscriber unless that was done before.
 *
 * @returns false when it was; after a lost answer that may have been this very call
 */
export async function putQueued(people: Table, issue: string, subscriber: string, now: Instant): Promise<boolean> {
  const delivery = queued(idOf('delivery', issue, subscriber), issue, subscriber, now);
  return people.putIf(itemOf(delivery), 'absent');
}

export async function deliveryOf(people: Table, issue: string, subscriber: string): Promise<Delivery | null> {
  const item = await people.get(peopleKeys.delivery(issue, subscriber));
  return item === null ? null : ofItem(item);
}

/** Those of one issue to these subscribers that were queued, in no order. */
export async function deliveriesTo(
  people: Table,
  issue: string,
  subscribers: readonly string[],
): Promise<readonly Delivery[]> {
  const items = await getAll(
    people,
    subscribers.map((subscriber) => peopleKeys.delivery(issue, subscriber)),
  );
  return items.map(ofItem);
}

/**
 * @returns false when another worker, or a notice, moved it since `before` was read. Our own move, whose first answer was
 *   lost on the way, is told from that by what stands there.
 */
export async function moveDelivery(people: Table, before: Delivery, after: Delivery): Promise<boolean> {
  if (await people.putIf(itemOf(after), { rev: before.rev })) return true;
  const stored = await deliveryOf(people, after.issue, after.subscriber);
  return stored !== null && stored.rev === after.rev && stored.state === after.state && stored.owner === after.owner;
}

export async function deliveriesOf(people: Table, issue: string): Promise<readonly Delivery[]> {
  const deliveries: Delivery[] = [];
  for await (const item of queryAll(people, { pk: peopleKeys.delivery(issue, '').pk })) deliveries.push(ofItem(item));
  return deliveries;
}

function itemOf(delivery: Delivery): Item {
  return {
    ...(delivery as unknown as Record<string, Value>),
    ...peopleKeys.delivery(delivery.issue, delivery.subscriber),
  };
}

function ofItem({ pk: _, sk: __, ...delivery }: Item): Delivery {
  return delivery as unknown as Delivery;
}
