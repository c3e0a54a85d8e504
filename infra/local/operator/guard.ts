/**
 * Who may read the operator's pages: a browser on this machine, and no page of anybody else in it. That the server listens
 * on loopback is not enough: a foreign site can give its own name the address 127.0.0.1 (DNS rebinding), and its scripts
 * would then read these pages. Such a request still names the site as its host.
 */
import type { MiddlewareHandler } from 'hono';

const OWN_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};

/** Refuses foreign hosts (421) and everything that is not a reading (405); what a page sets itself stays. */
export const guard: MiddlewareHandler = async (context, next) => {
  if (!OWN_HOST.test(context.req.header('host') ?? '')) {
    context.res = context.text(
      'These pages answer on 127.0.0.1 and localhost only: open them by one of these names.',
      421,
    );
  } else if (context.req.method !== 'GET' && context.req.method !== 'HEAD') {
    context.res = context.text('These pages can only be read.', 405, { allow: 'GET, HEAD' });
  } else {
    await next();
  }
  for (const [name, value] of Object.entries(HEADERS)) {
    if (!context.res.headers.has(name)) context.res.headers.set(name, value);
  }
};
