/** One look at a feed: the conditional request, its redirects, and what became of it as a value. */
import { createHash } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { unreachable } from '../assert.ts';
import type { LookFailure, Manner, Outcome, Validators } from '../feed/outcome.ts';
import { parseFeed } from '../feed/parse.ts';
import type { Slices } from '../feed/slices.ts';
import { limits } from '../limits.ts';
import { SECOND } from '../time.ts';
import type { Clock, Http, HttpFailure } from '../world.ts';
import { isChallenge } from './challenge.ts';
import { freshSeconds } from './freshness.ts';
import { type Answer, follow } from './redirect.ts';
import { retryAfterSeconds } from './retry-after.ts';
import { userAgentOf } from './user-agent.ts';

/** What the last look left behind. */
export interface LastLook {
  readonly validators: Validators | null;
  readonly bodyHash: string | null;
  /** What may be passed over, asked only when a document came; left out where nobody will look again. */
  readonly known?: () => Slices;
}

/** What a look needs of the outside. */
export interface LookWorld {
  readonly http: Http;
  readonly clock: Clock;
  /** A page that says who asks, from the watch file; null when it names none. */
  readonly contact?: string | null;
}

type Failed = Extract<Outcome, { kind: 'failed' }>;
interface Page {
  readonly kind: 'page';
  readonly url: string;
  /** What was sent along; null for an unconditional question. */
  readonly asked: Validators | null;
  /** Whether all redirects on the way here said "for ever", and there was one. */
  readonly moved: boolean;
  readonly answer: Answer;
}

const accept =
  'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5';

/**
 * Looks at a feed once, within `limits.lookSecondsMax` for all hops together. Never throws for what a publisher does.
 *
 * @param last validators go only to the URL that gave them, byte for byte; equal bodies are not read again, nor known entries
 */
export async function fetchFeed(world: LookWorld, feed: { readonly url: string }, last: LastLook): Promise<Outcome> {
  const startedAt = world.clock.now();
  const page = await pageOf(world, feed.url, last.validators);
  if (page.kind === 'failed') return page;
  const { answer, url, asked } = page;
  const manner: Manner = {
    freshSeconds: freshSeconds(answer.headers),
    movedTo: page.moved ? url : null,
    tookMs: world.clock.now() - startedAt,
  };
  if (answer.status === 304) {
    if (asked === null) return failure('bad answer', 'The server answered "not changed" to a first question.');
    return { kind: 'unchanged', validators: newValidators(answer, asked), ...manner };
  }
  const textBegin = Buffer.from(answer.body.subarray(0, challengeBytes)).toString('latin1');
  if (answer.status !== 200) return failureOfStatus(answer, textBegin, world.clock.now());

  const bodyHash = createHash('sha256').update(answer.body).digest('base64url').slice(0, 22);
  if (bodyHash === last.bodyHash) {
    // The same bytes at another address: that one is asked by its own validators from now on.
    const isElsewhere = last.validators !== null && last.validators.url !== url;
    return { kind: 'unchanged', validators: isElsewhere ? validatorsOf(answer, url) : null, ...manner };
  }
  const result = await parseFeed(answer.body, answer.headers['content-type'] ?? null, url, last.known?.() ?? null);
  if (result.kind === 'problem') {
    return isChallenge(answer.headers, textBegin) ? challenged(null) : failure(result.why, result.message);
  }
  // Without a length nobody can tell whether a publisher or the line cut the document: the line, to be safe.
  if (result.document.flaw?.why === 'cut off' && !framed(answer))
    return failure('cut off', 'The answer ended before the document did.');
  const { document, passedOver, slices } = result;
  const validators = document.repaired ? null : validatorsOf(answer, url);
  return { kind: 'read', document, passedOver, slices, bodyHash, validators, ...manner };
}

/** The answer that is no redirect. Validators go along where they came from. */
async function pageOf(world: LookWorld, first: string, validators: Validators | null): Promise<Page | Failed> {
  const deadlineAt = world.clock.now() + limits.lookSecondsMax * SECOND;
  const askedAt = (url: string) => (validators?.url === url ? validators : null);
  const plain = { 'user-agent': userAgentOf(world.contact ?? null), accept };
  const end = await follow(world.http, first, (url) => ({ ...plain, ...conditionsOf(askedAt(url)) }), deadlineAt);
  if (end.kind === 'failed') return failureOfHop(end.why, end.detail);
  const { url, settledUrl, answer } = end;
  return { kind: 'page', url, asked: askedAt(url), moved: settledUrl === url && url !== first, answer };
}

/** Challenges show themselves in their head and first scripts. */
const challengeBytes = 16_384;

function conditionsOf(validators: Validators | null): Readonly<Record<string, string>> {
  const { etag, lastModified } = validators ?? { etag: null, lastModified: null };
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

/** RFC 9111, section 4.3.4: a 304 may bring newer validators. Null when it brings none, or the same. */
function newValidators(answer: Answer, asked: Validators): Validators | null {
  const given = validatorsOf(answer, asked.url);
  if (given === null) return null;
  const etag = given.etag ?? asked.etag;
  const lastModified = given.lastModified ?? asked.lastModified;
  // Beside an ETag nobody asks by the date, and some servers write the time of each answer there.
  const same = etag === asked.etag && (etag !== null || lastModified === asked.lastModified);
  return same ? null : { url: asked.url, etag, lastModified };
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

function failureOfStatus({ status, headers }: Answer, textBegin: string, now: number): Failed {
  const name = STATUS_CODES[status];
  const detail = `The server answered ${status}${name === undefined ? '' : ` ${name}`}.`;
  const wait = retryAfterSeconds(headers['retry-after'], now);
  return isChallenge(headers, textBegin) ? challenged(wait) : failure(whyOfStatus(status), detail, wait);
}

function challenged(wait: number | null): Failed {
  return failure('blocked', 'The server asks for proof of a person.', wait);
}

function whyOfStatus(status: number): LookFailure {
  if (status === 403 || status === 429 || status === 451) return 'blocked';
  if (status === 404) return 'not found';
  if (status === 410) return 'gone';
  return status >= 500 && status <= 599 ? 'server error' : 'bad answer';
}
