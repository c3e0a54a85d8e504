/** How long an answer calls itself fresh (RFC 9111, sections 4.2.1 and 5.2): who asks sooner only hears the same again. */
import { parseDate } from '../feed/date.ts';
import { SECOND } from '../time.ts';

/**
 * Seconds from now, as the headers say and without any bound of ours: `max-age` less the `Age` that the answer has in a
 * cache on the way, else `Expires` less `Date`. 0 for "ask again at once", in each of its spellings; null when nothing is
 * said, or nothing that can be read.
 */
export function freshSeconds(headers: Readonly<Record<string, string>>): number | null {
  const control = headers['cache-control']?.toLowerCase() ?? '';
  if (/(?:^|[\s,])no-(?:cache|store)(?:$|[\s,])/.test(control)) return 0;
  const maxAge = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,12})/.exec(control)?.[1];
  if (maxAge !== undefined) return Math.max(0, Number(maxAge) - secondsIn(headers.age));
  const { expires } = headers;
  if (expires === undefined) return null;
  const until = parseDate(expires);
  const from = parseDate(headers.date ?? '');
  // "0" and other rubbish mean: expired already (section 5.3).
  if (until === null) return 0;
  return from === null ? null : Math.max(0, (until - from) / SECOND);
}

function secondsIn(text: string | undefined): number {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : 0;
}
