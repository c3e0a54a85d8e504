/** Mails that came back for now. One says nothing of the address; many, over days and with none delivered between, do. */
import { limits } from '../limits.ts';
import { DAY, type Instant } from '../time.ts';

export interface Bounces {
  /** Of each mail one, in the order of time; none is older than the last delivery. */
  readonly mails: readonly { readonly mail: string; readonly at: Instant }[];
  readonly deliveredAt: Instant | null;
}

export const noBounces: Bounces = { mails: [], deliveredAt: null };

/** @param mail which one came back: told again, it is the same. @returns the same value when nothing is new */
export function afterSoftBounce(bounces: Bounces, mail: string, at: Instant): Bounces {
  const known = bounces.mails.some((each) => each.mail === mail);
  if (known || (bounces.deliveredAt !== null && at <= bounces.deliveredAt)) return bounces;
  const mails = [...bounces.mails, { mail, at }].toSorted((one, other) => one.at - other.at);
  // The first says since when; of the others the newest are enough.
  const kept = mails.length > limits.softBouncesMax ? [...mails.slice(0, 1), ...mails.slice(2)] : mails;
  return { ...bounces, mails: kept };
}

/** What came back before a mail that was delivered counts no more. @returns the same value when there was nothing */
export function afterDelivery(bounces: Bounces, at: Instant): Bounces {
  const mails = bounces.mails.filter((bounce) => bounce.at > at);
  return mails.length === bounces.mails.length ? bounces : { mails, deliveredAt: at };
}

export function isUnreachable({ mails }: Bounces): boolean {
  const span = (mails.at(-1)?.at ?? 0) - (mails[0]?.at ?? 0);
  return mails.length >= limits.softBouncesMax && span >= limits.softBounceDays * DAY;
}
