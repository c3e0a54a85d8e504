/** The edge of the pages: who asks, what a form may be, and what browsers are told. No cookie and no Host header is read. */
import type { Context, MiddlewareHandler } from 'hono';
import { type Action, type Claim, type Keys, readToken } from '../shared/delivery/token.ts';
import { limits } from '../shared/limits.ts';
import { type Fields, readFields } from '../shared/pages/fields.ts';
import { policyOf } from '../shared/pages/page.ts';
import { type Refusal, refusal } from '../shared/pages/refusal.ts';
import { linkWithoutUse } from '../shared/pages/unsubscribe.ts';

/** What a host tells of a request beside the request itself. */
export interface PageBindings {
  /** AWS: of a Function URL and of an HTTP API alike. */
  readonly event?: { readonly requestContext?: { readonly http?: { readonly sourceIp?: string } } };
  /** This machine. */
  readonly incoming?: { readonly socket: { readonly remoteAddress?: string | undefined } };
}

export type Page = Context<{ Bindings: PageBindings }>;
export type Answer<Given extends readonly unknown[] = []> = (
  page: Page,
  ...given: Given
) => Response | Promise<Response>;

/** Where the pages are, and what their links are signed with. */
export interface Links {
  readonly base: string;
  readonly keys: Keys;
}

/**
 * Answers a form.
 *
 * @param origin whether our page with the form says where it comes from: those with a token in their address do not
 */
export function withForm(links: Links, origin: 'named' | 'opaque', answer: Answer<[Fields]>): Answer {
  return async (page) => {
    if (isForeign(page.req.raw, links.base, origin === 'opaque')) return refuse(page, 403);
    const fields = await formOf(page.req.raw);
    return typeof fields === 'number' ? refuse(page, fields) : answer(page, fields);
  };
}

/** Answers who holds a link for this very action. */
export function withClaim(links: Links, action: Action, answer: Answer<[Claim]>): Answer {
  return (page) => {
    const claim = readToken(action, page.req.param('token') ?? '', links.keys);
    return claim === null ? noUse(page) : answer(page, claim);
  };
}

/** Answers the form on a page that a link led to. */
export function withClaimAndForm(links: Links, action: Action, answer: Answer<[Claim, Fields]>): Answer {
  return withClaim(links, action, (page, claim) =>
    withForm(links, 'opaque', (_, fields) => answer(page, claim, fields))(page),
  );
}

/** The same for every link that leads nowhere, whatever is wrong with it. */
export function noUse(page: Context): Response | Promise<Response> {
  return page.html(linkWithoutUse(), 404);
}

export function refuse(page: Context, status: Refusal): Response | Promise<Response> {
  return page.html(refusal(status), status);
}

/** The address that the connection came from, as the platform saw it. X-Forwarded-For is what anybody writes. */
export function sourceOf({ event, incoming }: PageBindings): string {
  return event?.requestContext?.http?.sourceIp ?? incoming?.socket.remoteAddress ?? 'unknown';
}

/**
 * Whether a form was sent from a page of somebody else. Browsers say so by themselves; what says nothing is no browser, and
 * nothing that a browser keeps counts here anyway.
 *
 * @param base where the pages are, by configuration
 * @param opaque whether an unnamed origin may be one of our pages: they tell nobody where they are when they hold a token
 */
function isForeign(request: Request, base: string, opaque: boolean): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site !== 'same-origin' && site !== 'none';
  const origin = request.headers.get('origin');
  if (origin === null) return false;
  return origin === 'null' ? !opaque : origin !== new URL(base).origin;
}

/** The fields of a form, or the status of its refusal. No more is read than a form of ours can hold. */
async function formOf(request: Request): Promise<Fields | Refusal> {
  if (isTooLong(request)) return 413;
  const type = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') return 415;
  const bytes = await readUpTo(request, limits.formBytesMax);
  if (bytes === null) return 413;
  try {
    return readFields(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) ?? 400;
  } catch {
    return 400;
  }
}

/** By its own word. */
export function isTooLong(request: Request): boolean {
  return Number(request.headers.get('content-length') ?? 0) > limits.formBytesMax;
}

/** Null when there is more: the length that a request claims may be missing or wrong. */
async function readUpTo(request: Request, bytesMax: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of request.body ?? []) {
    total += chunk.length;
    if (total > bytesMax) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** No scripts, no cookies, nothing loaded from elsewhere, and never kept or passed on: an address may be a capability. */
const headers = {
  'content-security-policy': policyOf(),
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** What a page sets itself stays. */
export const pageHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  for (const [name, value] of Object.entries(headers)) {
    if (!context.res.headers.has(name)) context.res.headers.set(name, value);
  }
};
