/** The pages of the local host: does it work, what was found, what was mailed. They are read, and change nothing. */
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { feedPage } from './feed-page.ts';
import { feedsPage } from './feeds-page.ts';
import { figuresPage } from './figures-page.ts';
import { frame, type Html } from './frame.ts';
import { guard } from './guard.ts';
import { hitsFile, hitsFileKinds } from './hits-files.ts';
import { hitsPage } from './hits-page.ts';
import { issuePage } from './issue-page.ts';
import { mailPage, mailsPage } from './mails-page.ts';
import type { OperatorView } from './operator-view.ts';
import { overviewPage } from './overview-page.ts';
import { readMessage } from './stored-message.ts';
import { subscribersPage } from './subscribers-page.ts';

/** A mail is shown as mail programs show it: its own colours, and nothing that runs or is fetched. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox";

/** To be served on loopback only, and as a server of its own: every other host name and method is refused. */
export function operatorPages(view: OperatorView): Hono {
  const app = new Hono();
  app.use(guard);
  app.onError((fault, context) => {
    view.log.error('operator page failed', fault);
    return context.html(failed, 500);
  });
  app.notFound((context) => notHere(context));

  app.get('/', async (context) => context.html(await overviewPage(view)));
  app.get('/feeds', async (context) => context.html(await feedsPage(view)));
  app.get('/feeds/:feed', async (context) => pageOr404(context, await feedPage(view, context.req.param('feed'))));
  app.get('/hits', async (context) => pageOr404(context, await hitsPage(view, context.req.query())));
  for (const kind of hitsFileKinds) {
    app.get(`/hits.${kind}`, async (context) => (await hitsFile(view, kind, context.req)) ?? notHere(context));
  }
  app.get('/figures', async (context) => context.html(await figuresPage(view, context.req.query())));
  app.get('/issues/:edition/:number{[0-9]{1,8}}', async (context) => {
    const { edition, number } = context.req.param();
    return pageOr404(context, await issuePage(view, edition, Number(number)));
  });

  const mailNamed = (id: string) => view.mails().find((mail) => mail.id === id);
  app.get('/mails', async (context) => context.html(await mailsPage(view, context.req.query('state'))));
  app.get('/subscribers', async (context) => context.html(await subscribersPage(view)));
  app.get('/mails/:file{[^/]+\\.eml}', async (context) => {
    const mail = mailNamed(context.req.param('file').replace(/\.eml$/, ''));
    const bytes = mail === undefined ? null : await view.mailBytes(mail.id);
    if (mail === undefined || bytes === null) return notHere(context);
    const headers: Record<string, string> = { 'content-type': 'text/plain; charset=utf-8' };
    if (context.req.query('download') !== undefined) {
      headers['content-disposition'] = `attachment; filename="${mail.id.replace(/[^\w.-]/g, '_')}.eml"`;
    }
    return context.body(new Uint8Array(bytes), 200, headers);
  });
  app.get('/mails/:id/html', async (context) => {
    const mail = mailNamed(context.req.param('id'));
    const bytes = mail === undefined ? null : await view.mailBytes(mail.id);
    const message = bytes === null ? null : await readMessage(bytes);
    if (message === null || message.html === null) return notHere(context);
    return context.html(message.html, 200, { 'content-security-policy': MAIL_POLICY });
  });
  app.get('/mails/:id', async (context) => {
    const mail = mailNamed(context.req.param('id'));
    if (mail === undefined) return notHere(context);
    return context.html(await mailPage(view, mail, await view.mailBytes(mail.id)));
  });

  return app;
}

function pageOr404(context: Context, page: Html | null): Response | Promise<Response> {
  return page === null ? notHere(context) : context.html(page);
}

function notHere(context: Context): Response | Promise<Response> {
  return context.html(missing, 404);
}

const missing = frame(
  null,
  'Not here',
  html`<h1>There is no such page</h1>
<p>It may be about something that is gone. The <a href="/">overview</a> is here.</p>`,
);

const failed = frame(
  null,
  'Not shown',
  html`<h1>This page could not be shown</h1>
<p>The terminal that runs Watchword tells why. Reloading may help; so may the <a href="/">overview</a>.</p>`,
);
