/**
 * The send rate, kept over all workers without any of them waiting: who wants to send takes a turn, which moves the line's
 * end on by the time that so many mails may take, and comes back when it is its turn.
 */
import { limits } from '../limits.ts';
import { type Instant, SECOND } from '../time.ts';
import type { Table } from '../world.ts';
import { peopleKeys } from './keys.ts';

/**
 * Takes a turn for some mails. Two calls of the table, whatever happens.
 *
 * @param perSecond mails a second
 * @returns when to send them, `now` at the earliest; null when another worker took its turn in the same moment
 */
export async function takeTurn(people: Table, mails: number, perSecond: number, now: Instant): Promise<Instant | null> {
  const row = await people.get(peopleKeys.sendLine());
  const at = Math.max(now, row === null ? 0 : Number(row.freeAt));
  const moved = { ...row, freeAt: at + Math.ceil((mails * SECOND) / perSecond), rev: Number(row?.rev ?? 0) + 1 };
  const isTaken = await people.putIf(
    { ...moved, ...peopleKeys.sendLine() },
    row === null ? 'absent' : { rev: Number(row.rev) },
  );
  return isTaken ? at : null;
}

/**
 * Nobody gets a turn before then: the mailer takes no more until it is another day.
 *
 * @returns whether this call is the first to say so, and others need not be told
 */
export async function closeLine(people: Table, now: Instant, until: Instant): Promise<boolean> {
  const key = peopleKeys.sendLine();
  for (let attempt = 0; attempt < limits.conflictsMax; attempt++) {
    const row = await people.get(key);
    if (row !== null && now < Number(row.closedUntil ?? 0)) return false;
    const rev = Number(row?.rev ?? 0);
    const closed = { freeAt: Math.max(until, Number(row?.freeAt ?? 0)), closedUntil: until, rev: rev + 1 };
    if (await people.putIf({ ...closed, ...key }, row === null ? 'absent' : { rev })) return true;
  }
  return false;
}
