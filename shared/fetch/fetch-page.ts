/** A web page through the gate: its redirects are followed as a feed's are, and whatever answers 200 is a page. */
import { limits } from '../limits.ts';
import type { Instant } from '../time.ts';
import type { LookWorld } from './fetch-feed.ts';
import { nextHop } from './redirect.ts';
import { userAgentOf } from './user-agent.ts';

export type PageAnswer =
  | {
      readonly kind: 'page';
      /** Where it was found in the end. */
      readonly url: string;
      /** The address to keep: as far as the redirects said "for good", and none of them gave up encryption. */
      readonly settledUrl: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
    }
  | {
      readonly kind: 'failed';
      /** What the server said last; null when it said nothing that can be used. */
      readonly status: number | null;
      /** One sentence for people, without internal detail. */
      readonly detail: string;
    };

/**
 * Never throws for what a publisher does.
 *
 * @param accept the header: what is hoped for
 * @param deadlineAt of all hops together
 */
export async function fetchPage(
  { http, contact }: Omit<LookWorld, 'clock'>,
  first: string,
  accept: string,
  deadlineAt: Instant,
): Promise<PageAnswer> {
  const seen = new Set<string>();
  const headers = { 'user-agent': userAgentOf(contact ?? null), accept };
  let url = first;
  let settledUrl = first;
  while (seen.size <= limits.redirectHopsMax) {
    if (seen.has(url)) return failure(null, 'The redirects of the server go in a circle.');
    seen.add(url);
    const answer = await http.get({ url, headers, deadlineAt });
    if (answer.kind === 'failed') return failure(null, answer.detail);
    const { status, body } = answer;
    if (status === 200) return { kind: 'page', url, settledUrl, headers: answer.headers, body };
    if (!redirects.has(status)) return failure(status, `The server answered ${status}.`);
    const next = nextHop(url, answer.headers.location);
    if (next.kind === 'refused') return failure(null, next.detail);
    const isSettled =
      settledUrl === url && permanent.has(status) && !(url.startsWith('https:') && next.url.startsWith('http:'));
    url = next.url;
    if (isSettled) settledUrl = url;
  }
  return failure(null, `The server redirects more than ${limits.redirectHopsMax} times.`);
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const permanent: ReadonlySet<number> = new Set([301, 308]);

function failure(status: number | null, detail: string): PageAnswer {
  return { kind: 'failed', status, detail };
}
