/** Requests: what somebody asked on the pages, until it is answered. They stand with the person whom they are about. */
import type { Request } from '../delivery/request.ts';
import type { Keys } from '../delivery/token.ts';
import { idOf } from '../id.ts';
import { limits } from '../limits.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../time.ts';
import type { Key, Table, Value } from '../world.ts';
import { expiresAt, peopleKeys } from './keys.ts';
import { subscriberId } from './subscribers.ts';

/** A request that waits for its answer. */
export interface StoredRequest {
  readonly subscriber: string;
  readonly request: Request;
  readonly at: Instant;
}

/**
 * One put, whoever is known or not. Asked again within the gap between two letters, it is the same request.
 *
 * @returns its id, for a LetterJob
 */
export async function putRequest(
  people: Table,
  request: Request,
  keys: Pick<Keys, 'identity'>,
  now: Instant,
): Promise<string> {
  const subscriber = request.kind === 'export' ? request.subscriber : subscriberId(request.address, keys);
  const gap = Math.floor(now / (limits.letterGapMinutes * MINUTE));
  const id = `${subscriber}.${idOf('request', JSON.stringify(request), String(gap))}`;
  await putBack(people, id, { subscriber, request, at: now });
  return id;
}

/** For one that could not be answered yet. */
export async function putBack(people: Table, id: string, { subscriber, request, at }: StoredRequest): Promise<void> {
  const row = { subscriber, request: request as unknown as Value, at };
  await people.put({ ...row, ...keyOf(id), expires: expiresAt(at, (limits.requestHours * HOUR) / DAY) });
}

/** Null when it was answered, or waited too long. */
export async function requestOf(people: Table, id: string, now: Instant): Promise<StoredRequest | null> {
  const item = await people.get(keyOf(id));
  if (item === null) return null;
  const { subscriber, request, at } = item as unknown as StoredRequest;
  return now - at < limits.requestHours * HOUR ? { subscriber, request, at } : null;
}

export async function dropRequest(people: Table, id: string): Promise<void> {
  await people.delete(keyOf(id));
}

function keyOf(id: string): Key {
  const [subscriber = '', request = ''] = id.split('.');
  return peopleKeys.request(subscriber, request);
}
