/** web: the subscriber's pages. Looking changes nothing; a button does. */
import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import type { Claim } from '../shared/delivery/token.ts';
import { withOwnLinks } from '../shared/digest/own-links.ts';
import { confirmed, confirmQuestion } from '../shared/pages/confirmation.ts';
import { type Offer, offersOf } from '../shared/pages/offer.ts';
import { ownDataPage } from '../shared/pages/own-data.ts';
import { type PageHtml, policyOf } from '../shared/pages/page.ts';
import { linkOnItsWay, linkRequestPage } from '../shared/pages/preferences.ts';
import { sampleIssue } from '../shared/pages/sample-issue.ts';
import {
  checkYourMail,
  emptySignUp,
  readSignUp,
  signUpPage,
  signupClosed,
  zoneGuess,
} from '../shared/pages/sign-up.ts';
import { typedAddress } from '../shared/pages/typed-address.ts';
import { unsubscribed, unsubscribeQuestion } from '../shared/pages/unsubscribe.ts';
import { confirm, confirmable } from '../shared/store/confirmations.ts';
import { preferencesOf, unsubscribe, unsubscribeAll } from '../shared/store/consents.ts';
import { type Held, heldBehind } from '../shared/store/held.ts';
import { issueNumbered } from '../shared/store/issues.ts';
import { issuePageOf } from '../shared/store/rendered.ts';
import { subscriptionOf } from '../shared/store/subscribers.ts';
import type { Config, Watch } from '../shared/watch/config.ts';
import type { Clock, Log, Queue, Table } from '../shared/world.ts';
import { askByMail } from './ask-by-mail.ts';
import { awsWebWorld } from './aws-worlds.ts';
import { onAws } from './lambda.ts';
import {
  type Answer,
  isTooLong,
  type Links,
  noUse,
  type Page,
  type PageBindings,
  pageHeaders,
  refuse,
  withClaim,
  withClaimAndForm,
  withForm,
} from './page-edge.ts';
import { changePreferences, showPreferences } from './preferences.ts';

export interface WebWorld {
  readonly clock: Clock;
  readonly log: Log;
  readonly news: Table;
  readonly people: Table;
  readonly deliverQueue: Queue;
  readonly config: Pick<Config, 'deliver' | 'digests'> & { readonly watches: readonly Pick<Watch, 'id' | 'name'>[] };
  /** Where these pages are, and what their links are signed with. */
  readonly links: Links;
}

export type WebApp = Hono<{ Bindings: PageBindings }>;

/** The app, the same on this machine and on AWS. */
export function serve(world: WebWorld): WebApp {
  const app: WebApp = new Hono();
  app.use(pageHeaders);
  app.notFound((page) => refuse(page, 404));
  app.onError((fault, page) => {
    world.log.error('page failed', fault);
    return refuse(page, 500);
  });
  const pages = { ...signUpPages(world), ...linkPages(world), ...ownDataPages(world), ...unsubscribePages(world) };
  for (const [path, { get, post }] of Object.entries(pages)) {
    app.get(path, get);
    if (post !== undefined) app.post(path, post);
    app.all(path, (page) => {
      page.header('allow', post === undefined ? 'GET, HEAD' : 'GET, HEAD, POST');
      return refuse(page, 405);
    });
  }
  return app;
}

type Pages = Readonly<Record<string, { readonly get: Answer; readonly post?: Answer }>>;

/** What everybody may open. */
function signUpPages(world: WebWorld): Pages {
  const { signup } = world.config.deliver;
  const offers = offersOf(world.config);
  const form = (page: Page, html: PageHtml, status: 200 | 422 = 200) => {
    // So that a browser says where a form comes from: these addresses tell nothing.
    page.header('referrer-policy', 'same-origin');
    return page.html(html, status);
  };
  const signUpForm: typeof form = (page, ...shown) => {
    page.header('content-security-policy', policyOf(zoneGuess));
    return form(page, ...shown);
  };
  const subscribe: Answer = (page) =>
    signup.kind === 'closed'
      ? page.html(signupClosed())
      : signUpForm(page, signUpPage(offers, signup, emptySignUp(offers)));
  return {
    '/': { get: subscribe },
    '/subscribe': {
      get: subscribe,
      post: withForm(world.links, 'named', async (page, fields) => {
        if (signup.kind === 'closed') return page.html(signupClosed(), 403);
        const read = readSignUp(fields, offers, signup);
        if ('problems' in read) return signUpForm(page, signUpPage(offers, signup, read.form, read.problems), 422);
        return askByMail(world, page, { kind: 'sign-up', ...read.signUp }, checkYourMail());
      }),
    },
    '/sample/:digest': {
      get(page) {
        const digest = world.config.digests.find(({ id }) => id === page.req.param('digest'));
        if (digest === undefined) return refuse(page, 404);
        page.header('content-security-policy', policyOf(null, "'unsafe-inline'"));
        return page.html(sampleIssue(digest, world.config.watches, world.clock.now()));
      },
    },
    '/preferences': {
      get: (page) => form(page, linkRequestPage()),
      post: withForm(world.links, 'named', async (page, fields) => {
        const typed = typedAddress(fields.one('address'));
        if ('problem' in typed) return form(page, linkRequestPage(fields.one('address'), typed.problem), 422);
        return askByMail(world, page, { kind: 'preferences', address: typed.address }, linkOnItsWay());
      }),
    },
  };
}

/** What links in mails lead to: whoever holds one may do one thing for one person, or read one issue. */
function linkPages(world: WebWorld): Pages {
  const { people, clock, config, links } = world;
  const nameOf = nameIn(offersOf(config));
  return {
    '/c/:token': {
      get: withClaim(links, 'confirm', async (page, claim) => {
        const asked = await confirmable(people, claim, config.digests, clock.now());
        return asked === null ? noUse(page) : page.html(confirmQuestion(asked.digests.map(nameOf)));
      }),
      post: withClaimAndForm(links, 'confirm', async (page, claim) => {
        const begun = await confirm(people, claim, config.digests, clock.now());
        return begun === null ? noUse(page) : page.html(confirmed(begun.digests.map(nameOf)));
      }),
    },
    '/p/:token': {
      get: withClaim(links, 'preferences', (page, claim) => showPreferences(world, page, claim)),
      post: withClaimAndForm(links, 'preferences', (page, claim, fields) =>
        changePreferences(world, page, claim, fields),
      ),
    },
    '/i/:token': { get: issuePage(world, () => '1') },
    '/i/:token/:number': { get: issuePage(world, (page) => page.req.param('number') ?? '') },
  };
}

/** All that is held of a person: to read, and to take away. */
function ownDataPages(world: WebWorld): Pages {
  const withData = (answer: Answer<[Held, Claim]>) =>
    withClaim(world.links, 'export', async (page, claim) => {
      const held = await heldBehind(world, claim, world.config.digests, world.clock.now());
      return held === null ? noUse(page) : answer(page, held, claim);
    });
  return {
    '/x/:token': {
      get: withData((page, held, { version: until }) =>
        page.html(ownDataPage(JSON.stringify(held, null, 2), `${page.req.path}/data.json`, until)),
      ),
    },
    '/x/:token/data.json': {
      get: withData((page, held) => {
        page.header('content-disposition', 'attachment; filename="watchword-data.json"');
        return page.json(held);
      }),
    },
  };
}

/** The way out. A link for one digest, or for all of them. */
function unsubscribePages({ people, clock, config, links }: WebWorld): Pages {
  const nameOf = nameIn(offersOf(config));
  return {
    '/u/:token': {
      // A link scanner opens links; so opening one only asks.
      get: withClaim(links, 'unsubscribe', async (page, claim) => {
        const { subject, digest, version } = claim;
        if (digest === null) {
          return (await preferencesOf(people, claim)) === null ? noUse(page) : page.html(unsubscribeQuestion(null));
        }
        const subscription = await subscriptionOf(people, subject, digest);
        return subscription?.version === version ? page.html(unsubscribeQuestion(nameOf(digest))) : noUse(page);
      }),
      // The button, and a mail program's one-click request (RFC 8058), which comes from anywhere with any body: the address says it all.
      post: withClaim(links, 'unsubscribe', async (page, claim) => {
        if (isTooLong(page.req.raw)) return refuse(page, 413);
        const { digest } = claim;
        const end = digest === null ? unsubscribeAll : unsubscribe;
        const ended = await end(people, claim, clock.now());
        return ended ? page.html(unsubscribed(digest === null ? null : nameOf(digest))) : noUse(page);
      }),
    },
  };
}

/** What a digest is called; a link may be older than its end. */
function nameIn(offers: readonly Offer[]): (digest: string) => string {
  return (digest) => offers.find(({ id }) => id === digest)?.name ?? 'this digest';
}

/** One page of an issue in the browser. Whoever has the link may read it. */
function issuePage({ news, links }: WebWorld, numberOf: (page: Page) => string): Answer {
  return withClaim(links, 'issue', async (page, claim) => {
    const [number] = /^[1-9]\d{0,3}$/.exec(numberOf(page)) ?? [];
    const issue = number === undefined ? null : await issueNumbered(news, claim.subject, claim.version);
    const shown = issue === null ? null : await issuePageOf(news, issue.id, Number(number));
    if (shown === null) return noUse(page);
    page.header('content-security-policy', policyOf(null, "'unsafe-inline'"));
    return page.html(withOwnLinks(shown, { issueUrl: `${links.base}/i/${page.req.param('token')}` }));
  });
}

export const handler = onAws(async () => handle(serve(await awsWebWorld())));
