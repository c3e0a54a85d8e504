/** A web page through the gate: its redirects are followed as a feed's are, and whatever answers 200 is a page. */
import { limits } from '../limits.ts';
import type { Instant } from '../time.ts';
import type { Http } from '../world.ts';
import { nextHop } from './redirect.ts';

export type PageAnswer =
  | {
      readonly kind: 'page';
      /** Where it was found in the end. */
      readonly url: string;
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

const userAgent = 'Watchword/0.1 (news monitor)';

/**
 * Never throws for what a publisher does.
 *
 * @param accept the header: what is hoped for
 * @param deadlineAt of all hops together
 */
export async function fetchPage(http: Http, first: string, accept: string, deadlineAt: Instant): Promise<PageAnswer> {
  const seen = new Set<string>();
  let url = first;
  while (seen.size <= limits.redirectHopsMax) {
    if (seen.has(url)) return failure(null, 'The redirects of the server go in a circle.');
    seen.add(url);
    const answer = await http.get({ url, headers: { 'user-agent': userAgent, accept }, deadlineAt });
    if (answer.kind === 'failed') return failure(null, answer.detail);
    const { status, headers, body } = answer;
    if (status === 200) return { kind: 'page', url, headers, body };
    if (!redirects.has(status)) return failure(status, `The server answered ${status}.`);
    const next = nextHop(url, headers.location);
    if (next.kind === 'refused') return failure(null, next.detail);
    url = next.url;
  }
  return failure(null, `The server redirects more than ${limits.redirectHopsMax} times.`);
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function failure(status: number | null, detail: string): PageAnswer {
  return { kind: 'failed', status, detail };
}
