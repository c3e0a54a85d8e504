/** What would be uploaded, run as Lambda would run it: the way of a feed's article to a mail, and of its notices back. */
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Listening } from '../../../../infra/local/loopback.ts';
import { serveSeeds } from '../../../../infra/local/seed-server.ts';
import { sesEvent } from '../../../../infra/local/ses-event.ts';
import type { FunctionName } from '../../../../infra/topology.ts';
import { sqsQueue } from '../../../../shared/aws/queue.ts';
import { deliveriesOf } from '../../../../shared/store/deliveries.ts';
import { everybody } from '../../../../shared/store/everybody.ts';
import { issuesOf } from '../../../../shared/store/issues.ts';
import { suppressionOf } from '../../../../shared/store/subscribers.ts';
import { iso } from '../../../../shared/time.ts';
import { type Deployment, deployHere } from './deployment.ts';

let folder: string;
let feeds: Listening;
let here: Deployment;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'watchword-shipped-'));
  feeds = await serveSeeds({ port: 0, edition: () => 1, clock: Date.now });
  here = await deployHere(folder, feeds.port);
}, 120_000); // A synth with six bundles, on a busy machine.

afterAll(async () => {
  await here?.close();
  await feeds?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The log lines of a function, which must be JSON, every one. */
const linesOf = (name: FunctionName) =>
  here.functions[name]
    .said()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);

const pagesEvent = (method: string, path: string, body?: string) => ({
  version: '2.0',
  routeKey: 'ANY /{path+}',
  rawPath: path,
  rawQueryString: '',
  headers: { host: 'pages.example.org', ...(body && { 'content-type': 'application/x-www-form-urlencoded' }) },
  requestContext: {
    domainName: 'pages.example.org',
    http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'a mail program' },
    requestId: 'a-request',
    stage: '$default',
    timeEpoch: Date.now(),
  },
  ...(body && { body }),
  isBase64Encoded: false,
});

/** Hands out what is visible, and counts the mails. */
async function delivered(): Promise<number> {
  const { failed } = await here.drain('deliver');
  if (failed > 0) throw new Error(here.functions.deliver.said());
  return here.account.ses.sent().length;
}

async function noticesToQueue(): Promise<number> {
  const queue = sqsQueue(here.account.clients.sqs, here.queueUrlOf('feedback'));
  const told = here.account.ses.sent().flatMap((mail) =>
    // The subscription delivers raw: the event without its envelope.
    (['Send', 'Delivery'] as const).map(
      (kind) => (JSON.parse(sesEvent(kind, mail, Date.now())) as { readonly Message: string }).Message,
    ),
  );
  for (const body of told) await queue.send([{ body }]);
  return told.length;
}

describe('the shipped functions', { timeout: 60_000 }, () => {
  const at = iso(Date.now());

  it('bring the news of recorded feeds to a mail', async () => {
    await here.tick('dispatch', at);
    expect(await here.drain('poll')).toEqual({ processed: 1, failed: 0 });
    await here.functions.digest.invoke({ time: at, detail: { asked: true } });
    // The send rate lets some of them wait a second.
    await expect.poll(delivered, { timeout: 20_000, interval: 250 }).toBe(3);
    const mails = here.account.ses.sent();
    expect(mails.map(({ destinations }) => destinations[0]).toSorted()).toEqual([
      'policy@example.org',
      'press-office@example.org',
      'tokyo@example.org',
    ]);
    const eml = await readFile(mails[0]?.file ?? '', 'utf8');
    expect(eml).toMatch(/^List-Unsubscribe: \s*<https:\/\/pages\.example\.org\/u\//m);
    expect(eml).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m);
    expect(mails.map(({ configurationSet }) => configurationSet)).toEqual(
      Array(3).fill(expect.stringMatching(/^Mails/)),
    );
  });

  it('learn from notices what became of each mail', async () => {
    const notices = await noticesToQueue();
    expect(await here.drain('feedback')).toEqual({ processed: notices, failed: 0 });
    const deliveries = await deliveriesOfAll();
    expect(deliveries.map(({ state }) => state)).toEqual(['SENT', 'SENT', 'SENT']);
    expect(deliveries.map(({ messageId }) => messageId).toSorted()).toEqual(
      here.account.ses
        .sent()
        .map(({ messageId }) => messageId)
        .toSorted(),
    );
  });

  it('leave alone whom SES says a mail bounced from', async () => {
    const [mail] = here.account.ses.sent();
    if (mail === undefined) throw new Error('no mail was sent');
    const queue = sqsQueue(here.account.clients.sqs, here.queueUrlOf('feedback'));
    await queue.send([{ body: sesEvent('Bounce', mail, Date.now()) }]);
    await here.drain('feedback');
    expect(await suppressionOf(here.people, mail.tags.subscriber ?? '')).toMatchObject({ cause: 'bounced' });
  });

  it('return the one message of a batch that failed, and no other (row 80)', async () => {
    const record = (messageId: string, body: string) => ({
      messageId,
      body,
      attributes: { ApproximateReceiveCount: '1' },
    });
    const [mail] = here.account.ses.sent();
    if (mail === undefined) throw new Error('no mail was sent');
    const answer = await here.functions.feedback.invoke({
      Records: [record('good', sesEvent('Send', mail, Date.now())), record('bad', 'no notice at all')],
    });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'bad' }] });
  });

  it('answer a page, and the one click of a mail program', async () => {
    const mail = here.account.ses.sent().find(({ destinations }) => destinations[0] === 'policy@example.org');
    const eml = await readFile(mail?.file ?? '', 'utf8');
    const link = /^List-Unsubscribe:\s+<([^>]+)>/m.exec(eml)?.[1] ?? '';
    const { pathname } = new URL(link);
    const question = await here.functions.web.invoke(pagesEvent('GET', pathname));
    expect(question).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': expect.stringContaining('text/html') },
    });
    const click = await here.functions.web.invoke(pagesEvent('POST', pathname, 'List-Unsubscribe=One-Click'));
    expect(click).toMatchObject({ statusCode: 200 });
    expect(here.functions.web.coldStarts()).toBe(1);
  });

  it('let somebody sign up: page, form, mail, link, button', async () => {
    const start = await here.functions.web.invoke(pagesEvent('GET', '/subscribe'));
    expect(start).toMatchObject({ statusCode: 200, body: expect.stringContaining('Attack desk') });
    const digest = here.config.digests[0]?.id ?? '';
    const form = new URLSearchParams({ address: 'reader@example.net', digest, when: 'own' }).toString();
    expect(await here.functions.web.invoke(pagesEvent('POST', '/subscribe', form))).toMatchObject({ statusCode: 200 });
    const before = here.account.ses.sent().length;
    await expect.poll(delivered, { timeout: 20_000, interval: 250 }).toBe(before + 1);
    const letter = here.account.ses.sent().at(-1);
    expect(letter?.destinations).toEqual(['reader@example.net']);
    const { text = '' } = await PostalMime.parse(await readFile(letter?.file ?? ''));
    const [, path = ''] = /https:\/\/pages\.example\.org(\/c\/\S+)/.exec(text) ?? [];
    expect(await here.functions.web.invoke(pagesEvent('GET', path))).toMatchObject({ statusCode: 200 });
    expect(await here.functions.web.invoke(pagesEvent('POST', path, 'confirm=yes'))).toMatchObject({ statusCode: 200 });
    const person = (await everybody(here.people)).find(({ profile }) => profile.address === 'reader@example.net');
    expect(person?.subscriptions).toMatchObject([{ digest, state: 'confirmed', by: 'person' }]);
  });

  it('say one line for what was done, with the trace of the tick, and no address and no token in any (P19)', async () => {
    const doneBy = (name: FunctionName) => new Set(linesOf(name).map(({ event, trace }) => `${event} ${trace}`));
    const isAsked = `asked-${at}`;
    expect(doneBy('dispatch')).toEqual(new Set([`dispatched tick-${at}`]));
    expect(doneBy('poll')).toEqual(new Set([`polled tick-${at}`]));
    expect(linesOf('digest')).toHaveLength(3);
    expect(doneBy('digest')).toEqual(new Set([`issued ${isAsked}`]));
    expect(doneBy('deliver')).toEqual(
      new Set([`fanned out ${isAsked}`, `delivered ${isAsked}`, expect.stringMatching(/^letter message-/)]),
    );
    for (const [name, running] of Object.entries(here.functions)) {
      expect(running.said(), name).not.toMatch(/@example\.|\.org\/[cpuxi]\/|[cpuxi]2\./);
    }
  });

  async function deliveriesOfAll() {
    const issues = await Promise.all(here.config.digests.map(({ id }) => issuesOf(here.news, id, 10)));
    return (await Promise.all(issues.flat().map(({ id }) => deliveriesOf(here.people, id)))).flat();
  }
});
