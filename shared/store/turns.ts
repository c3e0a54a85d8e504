/** How often something was done within an hour, and whether it may be done once more. */
import { createHmac } from 'node:crypto';
import type { Keys } from '../delivery/token.ts';
import { limits } from '../limits.ts';
import { HOUR, type Instant } from '../time.ts';
import type { Table } from '../world.ts';
import { expiresAt, peopleKeys } from './keys.ts';

/**
 * Whether this source may still ask within this hour; if so, that it asked is counted. Once it may not, only a read.
 *
 * @param source address of the network that the platform saw, of which a keyed hash is kept for a day
 */
export async function takeTurn(
  people: Table,
  source: string,
  keys: Pick<Keys, 'identity'>,
  now: Instant,
): Promise<boolean> {
  const who = createHmac('sha256', keys.identity)
    .update(`source ${networkOf(source)}`)
    .digest('base64url')
    .slice(0, 16);
  return (await take(people, who, limits.asksPerSourcePerHourMax, now)) !== null;
}

/**
 * Counts a letter against the cap over all addresses.
 *
 * @returns how many may follow within this hour, or null when this one may not be sent
 */
export async function takeLetterTurn(people: Table, now: Instant): Promise<number | null> {
  return take(people, 'letters', limits.lettersPerHourMax, now);
}

/** For a letter that the mailer did not take: while it says "not now", tries are no letters. */
export async function giveBackLetterTurn(people: Table, takenAt: Instant): Promise<void> {
  const key = turnsKey('letters', takenAt);
  for (let attempt = 0; attempt < limits.conflictsMax; attempt++) {
    const stored = await people.get(key);
    const count = Number(stored?.count ?? 0);
    if (stored === null || (await people.putIf({ ...stored, count: count - 1 }, { count }))) return;
  }
}

async function take(people: Table, who: string, most: number, now: Instant): Promise<number | null> {
  const key = turnsKey(who, now);
  for (let attempt = 0; attempt < limits.conflictsMax; attempt++) {
    const stored = await people.get(key);
    const count = Number(stored?.count ?? 0);
    if (count >= most) return null;
    const row = { ...key, count: count + 1, expires: expiresAt(now, 1) };
    if (await people.putIf(row, stored === null ? 'absent' : { count })) return most - count - 1;
  }
  return null;
}

const turnsKey = (who: string, at: Instant) => peopleKeys.turns(who, Math.floor(at / HOUR) * HOUR);

/** Who has one address of IPv6 has the 2^64 beside it. */
function networkOf(source: string): string {
  if (!source.includes(':') || source.includes('.')) return source;
  const [head = '', tail] = source.toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - groups.length - after.length)).fill('0');
  return [...groups, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
