/** One look at a feed: the conditional request, its redirects, and what became of it as a value. */
import { createHash } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { unreachable } from '../assert.ts';
import type { LookFailure, Outcome, Validators } from '../feed/outcome.ts';
import { parseFeed } from '../feed/parse.ts';
import { limits } from '../limits.ts';
import { SECOND } from '../time.ts';
import type { Clock, Http, HttpAnswer, HttpFailure } from '../world.ts';
import { nextHop } from './redirect.ts';
import { retryAfterSeconds } from './retry-after.ts';

/** What the last look left behind. */
export interface LastLook {
  readonly validators: Validators | null;
  readonly bodyHash: string | null;
}

type Failed = Extract<Outcome, { kind: 'failed' }>;
type Answer = Extract<HttpAnswer, { kind: 'answer' }>;
type Page = { readonly kind: 'page'; readonly url: string; readonly conditional: boolean; readonly answer: Answer };

/** Publishers block clients without an honest name; this one says what it is and what for. */
const userAgent = 'Watchword/0.1 (news monitor)';
const accept =
  'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5';

/**
 * Looks at a feed once, within `limits.lookSecondsMax` for all hops together. Never throws for what a publisher does.
 *
 * @param last validators go only to the URL that gave them, byte for byte; equal bodies are not read again
 */
export async function fetchFeed(
  world: { readonly http: Http; readonly clock: Clock },
  feed: { readonly url: string },
  last: LastLook,
): Promise<Outcome> {
  const page = await pageOf(world, feed.url, last.validators);
  if (page.kind === 'failed') return page;
  const { answer, url } = page;
  if (answer.status === 304) {
    if (page.conditional) return { kind: 'unchanged' };
    return failure('bad answer', 'The server answered "not changed" to a first question.');
  }
  if (answer.status !== 200) return failureOfStatus(answer, world.clock.now());

  const bodyHash = createHash('sha256').update(answer.body).digest('base64url').slice(0, 22);
  if (bodyHash === last.bodyHash) return { kind: 'unchanged' };
  const result = await parseFeed(answer.body, answer.headers['content-type'] ?? null, url);
  if (result.kind === 'problem') return failure(result.why, result.message);
  // Without a length nobody can tell whether a publisher or the line cut the document: the line, to be safe.
  if (result.document.flaw?.why === 'cut off' && !framed(answer))
    return failure('cut off', 'The answer ended before the document did.');
  const validators = result.document.repaired ? null : validatorsOf(answer, url);
  return { kind: 'read', document: result.document, bodyHash, validators };
}

/** Follows redirects to the answer that is none. */
async function pageOf(
  world: { readonly http: Http; readonly clock: Clock },
  first: string,
  validators: Validators | null,
): Promise<Page | Failed> {
  const deadlineAt = world.clock.now() + limits.lookSecondsMax * SECOND;
  const seen = new Set<string>();
  let url = first;
  while (seen.size <= limits.redirectHopsMax) {
    if (seen.has(url)) return failure('bad answer', 'The redirects of the server go in a circle.');
    seen.add(url);
    const conditions = validators?.url === url ? conditionsOf(validators) : {};
    const headers = { 'user-agent': userAgent, accept, ...conditions };
    const answer = await world.http.get({ url, headers, deadlineAt });
    if (answer.kind === 'failed') return failureOfHop(answer.why, answer.detail);
    if (!redirects.has(answer.status)) {
      return { kind: 'page', url, conditional: Object.keys(conditions).length > 0, answer };
    }
    const next = nextHop(url, answer.headers.location);
    if (next.kind === 'refused') return failure(next.why, next.detail);
    url = next.url;
  }
  return failure('bad answer', `The server redirects more than ${limits.redirectHopsMax} times.`);
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function conditionsOf({ etag, lastModified }: Validators): Readonly<Record<string, string>> {
  return {
    ...(etag === null ? {} : { 'if-none-match': etag }),
    ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
  };
}

function validatorsOf({ headers }: Answer, url: string): Validators | null {
  const etag = headers.etag || null;
  const lastModified = headers['last-modified'] || null;
  return etag === null && lastModified === null ? null : { url, etag, lastModified };
}

/** Whether the answer said how long it is, so that its end was checked: length, chunks or gzip. */
function framed({ headers }: Answer): boolean {
  return ['content-length', 'transfer-encoding', 'content-encoding'].some((name) => headers[name] !== undefined);
}

function failure(why: LookFailure, detail: string, retryAfter: number | null = null): Failed {
  return { kind: 'failed', why, detail, retryAfterSeconds: retryAfter };
}

function failureOfHop(why: HttpFailure, detail: string): Failed {
  switch (why) {
    case 'refused':
      return failure('not allowed', detail);
    case 'timeout':
      return failure('timeout', `No answer within ${limits.lookSecondsMax} seconds.`);
    case 'tls':
      return failure('unreachable', detail);
    case 'protocol':
      return failure('bad answer', detail);
    case 'unreachable':
    case 'too large':
    case 'cut off':
      return failure(why, detail);
    default:
      return unreachable(why);
  }
}

function failureOfStatus({ status, headers }: Answer, now: number): Failed {
  const name = STATUS_CODES[status];
  const detail = `The server answered ${status}${name === undefined ? '' : ` ${name}`}.`;
  const wait = retryAfterSeconds(headers['retry-after'], now);
  if (headers['cf-mitigated'] === 'challenge')
    return failure('blocked', 'The server asks for proof of a person.', wait);
  return failure(whyOfStatus(status), detail, wait);
}

function whyOfStatus(status: number): LookFailure {
  if (status === 403 || status === 429 || status === 451) return 'blocked';
  if (status === 404) return 'not found';
  if (status === 410) return 'gone';
  return status >= 500 && status <= 599 ? 'server error' : 'bad answer';
}
