/** web: the subscriber's pages. Looking changes nothing; a button does. */
import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import { type Keys, readToken } from '../shared/delivery/token.ts';
import { linkWithoutUse, unsubscribed, unsubscribeQuestion } from '../shared/pages/unsubscribe.ts';
import { unsubscribe } from '../shared/store/consents.ts';
import type { Config } from '../shared/watch/config.ts';
import type { Clock, Log, Table } from '../shared/world.ts';
import { awsWebWorld } from './aws-worlds.ts';
import { onAws } from './lambda.ts';

export interface WebWorld {
  readonly clock: Clock;
  readonly log: Log;
  readonly people: Table;
  readonly config: Pick<Config, 'digests'>;
  /** What the links in mails are signed with. */
  readonly keys: Keys;
}

/** No scripts, no cookies, nothing loaded from elsewhere, and never kept or passed on: the address is a capability. */
const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

/** The app, the same on this machine and on AWS. */
export function serve(world: WebWorld): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(pageHeaders)) context.header(name, value);
  });
  app.onError((fault, context) => {
    world.log.error('page failed', fault);
    return context.text('Something went wrong here. Please try again in a minute.', 500);
  });

  // A link scanner opens links; so opening one only asks.
  app.get('/u/:token', (context) => {
    const claim = readToken('unsubscribe', context.req.param('token'), world.keys);
    return claim === null || claim.digest === null
      ? context.html(linkWithoutUse(), 404)
      : context.html(unsubscribeQuestion(nameOf(world, claim.digest)));
  });

  // The button, and a mail program's one-click request (RFC 8058): both say it all by their address.
  app.post('/u/:token', async (context) => {
    const claim = readToken('unsubscribe', context.req.param('token'), world.keys);
    if (claim === null || claim.digest === null) return context.html(linkWithoutUse(), 404);
    const ended = await unsubscribe(world.people, claim, world.clock.now());
    return ended ? context.html(unsubscribed(nameOf(world, claim.digest))) : context.html(linkWithoutUse());
  });

  return app;
}

function nameOf(world: WebWorld, digest: string): string {
  return world.config.digests.find(({ id }) => id === digest)?.name ?? 'this digest';
}

export const handler = onAws(async () => handle(serve(await awsWebWorld())));
