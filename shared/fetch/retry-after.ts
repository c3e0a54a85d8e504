/** Retry-After (RFC 9110, section 10.2.3): when a publisher wants to be asked again. */
import { parseDate } from '../feed/date.ts';
import { limits } from '../limits.ts';
import { HOUR, type Instant, MINUTE, SECOND } from '../time.ts';

/** Seconds to wait from `now`, within our own bounds; null when the header is absent or rubbish. */
export function retryAfterSeconds(header: string | undefined, now: Instant): number | null {
  const written = header?.trim() ?? '';
  const seconds = /^\d+$/.test(written) ? Number(written) : secondsUntil(written, now);
  if (seconds === null) return null;
  const min = (limits.retryAfterMinutesMin * MINUTE) / SECOND;
  const max = (limits.retryAfterHoursMax * HOUR) / SECOND;
  return Math.min(Math.max(Math.ceil(seconds), min), max);
}

function secondsUntil(written: string, now: Instant): number | null {
  const at = /\d/.test(written) ? parseDate(written) : null;
  return at === null ? null : (at - now) / SECOND;
}
