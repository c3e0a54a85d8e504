/** Where redirects lead, and whether they may be followed. Each address itself is judged by `http.ts`, as any other. */
import { limits } from '../limits.ts';
import type { Instant } from '../time.ts';
import type { Http, HttpAnswer } from '../world.ts';
import { type FailedHop, failed } from './failure.ts';

export type Answer = Extract<HttpAnswer, { kind: 'answer' }>;

/** The first answer that is no redirect. */
export interface End {
  readonly kind: 'end';
  /** Where it came from. */
  readonly url: string;
  /** The address to keep: as far as the redirects said "for ever", and none of them gave up encryption. */
  readonly settledUrl: string;
  readonly answer: Answer;
}

/**
 * Asks, and follows redirects to the answer that is none; at most `limits.redirectHopsMax` of them. Never throws for what a
 * publisher does.
 *
 * @param headersFor the headers of the question to each address
 * @param deadlineAt of all hops together
 */
export async function follow(
  http: Http,
  first: string,
  headersFor: (url: string) => Readonly<Record<string, string>>,
  deadlineAt: Instant,
): Promise<End | FailedHop> {
  const seen = new Set<string>();
  let url = first;
  let settledUrl = first;
  while (seen.size <= limits.redirectHopsMax) {
    if (seen.has(url)) return failed('protocol', 'The redirects of the server go in a circle.');
    seen.add(url);
    const answer = await http.get({ url, headers: headersFor(url), deadlineAt });
    if (answer.kind === 'failed') return answer;
    if (!redirects.has(answer.status)) return { kind: 'end', url, settledUrl, answer };
    const next = nextHop(url, answer.headers.location);
    if (typeof next !== 'string') return next;
    const isDowngrade = url.startsWith('https:') && next.startsWith('http:');
    const isSettled = settledUrl === url && permanent.has(answer.status) && !isDowngrade;
    url = next;
    if (isSettled) settledUrl = url;
  }
  return failed('protocol', `The server redirects more than ${limits.redirectHopsMax} times.`);
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const permanent: ReadonlySet<number> = new Set([301, 308]);

/** @param location the header as Node hands it over: bytes as latin1 characters */
export function nextHop(from: string, location: string | undefined): string | FailedHop {
  const written = Buffer.from(location ?? '', 'latin1')
    .toString('utf8')
    .trim();
  if (written === '') return failed('protocol', 'The server redirects to nowhere.');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  if (/[\u0000-\u001f\u007f\\]/.test(written)) {
    return failed('refused', 'The server redirects to an address that none may have.');
  }
  // A name before the host, even an empty one, is no part of a publisher's address; parsing it would lose the empty one.
  if (/^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#]*@/i.test(written)) {
    return failed('refused', 'The server redirects to an address with a user name.');
  }
  const here = new URL(from);
  const there = URL.parse(written, from);
  if (there === null) return failed('protocol', 'The server redirects to what is no address.');
  if (here.protocol === 'https:' && there.protocol === 'http:' && here.hostname !== there.hostname) {
    return failed('refused', 'The server redirects to another one without encryption.');
  }
  there.hash = '';
  return there.href;
}
