/** The operator's pages, read as a browser on this machine reads them. */
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import type { MailOnDisk } from '../../../infra/local/operator/operator-view.ts';
import { drop } from '../../../shared/delivery/delivery.ts';
import { freeze, type Issue } from '../../../shared/digest/issue.ts';
import { idOf } from '../../../shared/id.ts';
import { limits } from '../../../shared/limits.ts';
import { composeMail } from '../../../shared/mail/compose.ts';
import { type FeedState, neverLookedAt } from '../../../shared/poll/feed-state.ts';
import { deliveryOf, moveDelivery, putQueued } from '../../../shared/store/deliveries.ts';
import { putFeedState } from '../../../shared/store/feed-states.ts';
import { putHit, putPending, settlePending } from '../../../shared/store/hits.ts';
import { finishIssue, putIssue } from '../../../shared/store/issues.ts';
import { newsKeys, peopleKeys } from '../../../shared/store/keys.ts';
import { putLook } from '../../../shared/store/looks.ts';
import { subscriberId } from '../../../shared/store/subscribers.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../../shared/time.ts';
import type { Digest } from '../../../shared/watch/config.ts';
import type { Hit } from '../../../shared/watch/hit.ts';
import type { Item } from '../../../shared/world.ts';
import { receipt } from '../../digest/sample.ts';
import { town } from '../../simulation/small-town.ts';
import { testKeys } from '../../simulation/test-keys.ts';
import { aHit, askOf, hostile, now, operatorView, saidBy, type TownView } from './operator-town.ts';

const [herald, courier] = town.feeds;
const [encryption, floods] = town.watches;
const [atOnce, morning] = town.digests;
if (!herald || !courier || !encryption || !floods || !atOnce || !morning) throw new Error('the town has two of each');

let view: TownView;

beforeEach(() => {
  view = operatorView();
});

const ask: ReturnType<typeof askOf> = (path, init) => askOf(view)(path, init);
const markup = async (path: string) => (await ask(path)).text();

async function read(path: string): Promise<string> {
  const answer = await ask(path);
  expect(answer.status).toBe(200);
  return saidBy(await answer.text());
}

const feedState = (feed: string, part: Partial<FeedState> = {}): FeedState => ({
  ...neverLookedAt(feed),
  firstReadAt: now - 30 * DAY,
  newsAt: now - HOUR,
  scanned: 1234,
  rev: 1,
  ...part,
});

const putState = (feed: string, part?: Partial<FeedState>) =>
  putFeedState(view.news, { shard: 0, shards: 1 }, herald, null, feedState(feed, part));

const looked = (endedAt: Instant, missed: readonly string[] = []) =>
  putLook(view.news, {
    shard: 0,
    tickAt: endedAt - MINUTE,
    endedAt,
    looked: new Set<string>(),
    read: 2,
    unchanged: 0,
    failed: 0,
    missed,
  });

async function anIssue(digest: Digest, hits: Issue['hits'], finished = true): Promise<Issue> {
  const slot = { id: '2026-11-23T07:00', at: Date.UTC(2026, 10, 23, 7) };
  const found = { hits, receipt: receipt({ watches: [{ name: 'Encryption', hits: hits.length }] }), scanned: {} };
  const issue = freeze(digest, { kind: 'freeze', slot, number: 12 }, found, slot.at + MINUTE);
  await putIssue(view.news, issue);
  if (finished) await finishIssue(view.news, issue);
  return issue;
}

async function aMail(subject: string, part: Partial<MailOnDisk> = {}): Promise<string> {
  const id = `mail-${view.mailbox.length + 1}`;
  const bytes = await composeMail({
    from: town.deliver.from,
    to: 'press@reader.example',
    subject,
    html: '<p style="color:#123456">The <b>HTML</b> part</p>',
    text: 'The text part, <b>bare</b>',
    unsubscribeUrl: 'http://127.0.0.1:8412/u/token',
    issueId: 'issue',
    deliveryId: id,
    date: now,
  });
  const mail = { id, to: ['press@reader.example'], at: now - 5 * MINUTE, path: `/data/${id}.eml`, tags: {}, ...part };
  view.mailbox.push({ mail, bytes });
  return id;
}

describe('the overview', () => {
  it('says what to wait for before the first look', async () => {
    const page = await read('/');
    expect(page).toContain('Waiting for the first look');
    expect(page).toContain('within 5 minutes');
    expect(page).toContain('No mail is kept here yet.');
    expect(page).toContain('No hit yet.');
  });

  it('says that it works when every feed is read and the last look is fresh', async () => {
    await putState(herald.id);
    await putState(courier.id);
    await looked(now - 4 * MINUTE);
    const page = await read('/');
    expect(page).toContain('It works: all 2 feeds were read');
    expect(page).toContain('The last look ended 4 minutes ago.');
    expect(page).toContain('2 of 2');
    expect(page).toContain('2,468');
  });

  it('names the feeds that cannot be read', async () => {
    await putState(herald.id);
    const failing = { since: now - 3 * HOUR, why: 'not found', detail: 'The server answered 404 Not Found.' } as const;
    await putState(courier.id, { failing });
    await looked(now - 4 * MINUTE);
    const page = await read('/');
    expect(page).toContain('1 feed cannot be read');
    expect(page).toContain('courier.example failing since 09:20 , 3 hours ago. The server answered 404 Not Found.');
  });

  it('raises alarm when looks stay away, however well the feeds were', async () => {
    await putState(herald.id);
    await putState(courier.id);
    await looked(now - 40 * MINUTE);
    expect(await read('/')).toContain('The feeds are not looked at The last look ended 40 minutes ago.');
  });

  it('tells when nothing was looked at for more than a day', async () => {
    await putState(herald.id);
    await looked(now - 3 * DAY);
    expect(await read('/')).toContain('No look for more than a day');
  });

  it('tells of feeds that a fault left out', async () => {
    await putState(herald.id);
    await putState(courier.id);
    await looked(now - 4 * MINUTE, [herald.id]);
    expect(await read('/')).toContain('It left out 1 feed by a fault of this machine.');
  });

  it('shows the next slot of a digest in its zone, and the hits that wait for it', async () => {
    view = { ...view, config: { ...town, digests: [{ ...morning, zone: 'Asia/Tokyo' }] } };
    const hits = ['one', 'two', 'three'].map((name) => aHit(name));
    for (const hit of hits) await putHit(view.news, hit);
    await putPending(
      view.news,
      hits.map((hit) => ({ digest: morning.id, hit })),
    );
    const page = await read('/');
    expect(page).toContain('Tue 24 Nov, 07:00 , in 9 hours Asia/Tokyo');
    expect(page).toContain('3 hits');
  });

  it('does not count a hit as waiting that an issue lists', async () => {
    const hits = ['one', 'two', 'three'].map((name) => aHit(name));
    await putPending(
      view.news,
      hits.map((hit) => ({ digest: morning.id, hit })),
    );
    await settlePending(view.news, morning.id, hits.slice(0, 1), now);
    await putPending(view.news, [{ digest: morning.id, hit: hits[0]! }]); // noted again
    await anIssue(morning, [hits[1]!], false);
    expect(await read('/')).toMatch(/Morning .* 1 hit No\. 12/);
  });

  it('says that an issue is due when its slot has passed', async () => {
    const slot = { id: '2026-11-22T07:00', at: Date.UTC(2026, 10, 22, 7) };
    const found = { hits: [], receipt: receipt(), scanned: {} };
    await putIssue(view.news, freeze(morning, { kind: 'freeze', slot, number: 3 }, found, slot.at));
    expect(await read('/')).toContain('due since 07:00 , comes with the next tick');
  });

  it('has a line for an edition that people chose, with its own issues and what waits for it', async () => {
    const edition = { ...peopleKeys.edition(morning.id, 'evening'), since: now, rev: 3, life: 2 };
    await view.people.put({
      ...edition,
      when: { kind: 'times', days: [1, 2, 3, 4, 5, 6, 7], times: ['18:00'] },
      zone: 'Asia/Tokyo',
    });
    await view.people.put({
      ...peopleKeys.edition(morning.id, 'gone'),
      when: { kind: 'hourly' },
      zone: 'UTC',
      ended: true,
    });
    const hit = aHit('one');
    await putPending(view.news, [{ digest: 'evening~2', hit }]);
    const slot = { id: '2026-11-23T18:00', at: Date.UTC(2026, 10, 23, 9) };
    const issue = freeze(
      morning,
      { kind: 'freeze', slot, number: 4 },
      { hits: [], receipt: receipt(), scanned: {} },
      slot.at,
    );
    const body = gzipSync(JSON.stringify(issue));
    await view.news.put({ ...(issue as unknown as Item), ...newsKeys.issue('evening', 4), body });
    const page = await read('/');
    expect(page).toMatch(/Morning as readers chose it: every day at 18:00 .*Asia\/Tokyo 1 hit No\. 4/);
    expect(page).not.toContain('every hour');
    expect(await read('/issues/evening/4')).toContain(
      'every day at 18:00: Monday 23 November 2026, 18:00 (Asia/Tokyo)',
    );
  });

  it('tells how the mails of the last issue fare', async () => {
    const issue = await anIssue(morning, [aHit('one')]);
    await putQueued(view.people, issue.id, 'anna', now);
    await putQueued(view.people, issue.id, 'bela', now);
    const delivery = await deliveryOf(view.people, issue.id, 'anna');
    await moveDelivery(view.people, delivery!, drop(delivery!, 'bounced', now));
    expect(await read('/')).toContain('0 mails sent, 1 on the way 1 dropped or unsure');
  });
});

describe('the feeds', () => {
  it('come with the failing ones first, the longest failing on top, each with its state in words', async () => {
    const urls = ['a', 'b', 'c', 'd', 'e'].map((name) => `https://${name}.example/feed.xml`);
    const feeds = urls.map((url, index) => ({
      ...herald,
      url,
      id: idOf('feed', url),
      name: `Outlet ${index}`,
      tags: ['press'],
    }));
    view = { ...view, config: { ...town, feeds } };
    const failing = (hours: number) =>
      ({ since: now - hours * HOUR, why: 'timeout', detail: 'No answer in 10 s.' }) as const;
    await putState(feeds[1]!.id, { newsAt: now - 9 * DAY, rate: { perDay: 5, at: now - 9 * DAY } });
    await putState(feeds[2]!.id, { failing: failing(2) });
    await putState(feeds[3]!.id, { failing: failing(50) });
    await putState(feeds[4]!.id);
    const page = await read('/feeds');
    expect(page.match(/Outlet \d/g)).toEqual(['Outlet 3', 'Outlet 2', 'Outlet 0', 'Outlet 1', 'Outlet 4']);
    for (const words of [
      'failing since',
      '2 days ago. No answer in 10 s.',
      'not looked at yet',
      'quiet',
      'fine',
      'every 5 min',
      '1,234',
      'press',
      '2 of 5 feeds read',
    ]) {
      expect(page).toContain(words);
    }
  });

  it('say what changed lately, what was missed, and where a feed has moved to', async () => {
    await putState(herald.id, {
      turns: [
        { at: now - 2 * DAY, to: 'blocked' },
        { at: now - DAY, to: 'moved' },
      ],
      gap: { from: now - 3 * HOUR, to: now - HOUR },
      moved: { to: 'https://new.example/<feed>', since: now - 5 * DAY, settled: true },
    });
    const page = await read('/feeds');
    expect(page).toMatch(/moved since .* 5 days ago\. +Write its new address into the watch file: https:/);
    expect(page).toMatch(/Changes: blocked Sat 21 Nov, 12:20; moved Sun 22 Nov, 12:20; gap 09:20 to 11:20/);
    expect(await markup('/feeds')).not.toContain('<feed>');
  });

  it('have a page each, with the last error and what is remembered', async () => {
    const failing = { since: now - 3 * HOUR, why: 'not found', detail: 'The server answered 404 Not Found.' } as const;
    await putState(herald.id, {
      failing,
      validators: { url: herald.url, etag: '"abc"', lastModified: null },
      rest: { freshMinutes: 30, advisedMinutes: 0, skipHours: [2, 3], skipDays: [] },
    });
    await putHit(view.news, aHit('Told'));
    expect(await markup('/feeds')).toContain(`<a href="/feeds/${herald.id}">`);
    const page = await read(`/feeds/${herald.id}`);
    expect(page).toMatch(
      /failing since 09:20 , 3 hours ago\. .*Last error not found: The server answered 404 Not Found\./,
    );
    expect(page).toContain('30 minutes between two looks; no look at 2, 3 o’clock UTC');
    expect(page).toContain('ETag &quot;abc&quot;');
    expect(page).toContain('1 hit');
    expect((await ask('/feeds/nobody')).status).toBe(404);
  });

  it('are shown with their address as text and as a link that tells nothing', async () => {
    expect(await markup('/feeds')).toContain(`<a href="${herald.url}" rel="noopener noreferrer">${herald.url}</a>`);
  });

  it('are bounded, and the page says how many more there are', async () => {
    const feeds = Array.from({ length: limits.operatorRowsMax + 34 }, (_, index) => {
      const url = `https://outlet-${index}.example/`;
      return { ...herald, url, id: idOf('feed', url), name: `Outlet ${index}` };
    });
    view = { ...view, config: { ...town, feeds } };
    const page = await markup('/feeds');
    expect(page.match(/<tr/g)).toHaveLength(limits.operatorRowsMax + 1);
    expect(page).toContain('34 more are not shown.');
  });
});

describe('the mails', () => {
  it('are listed newest first with subject, reader, time and what became of the delivery', async () => {
    const subscriber = subscriberId('press@reader.example', testKeys);
    await putQueued(view.people, 'issue', subscriber, now);
    await aMail('3 stories: Überflutung (3)');
    await aMail('Nothing new', { tags: { issue: 'issue', subscriber } });
    const page = await read('/mails');
    expect(page).toMatch(
      /Nothing new press@reader\.example 12:15 waiting to be sent 3 stories: Überflutung \(3\) .* not known/,
    );
  });

  it('are shown with headers, text, and the HTML part in a frame without rights', async () => {
    const id = await aMail('3 stories: Überflutung (3)');
    const page = await markup(`/mails/${id}`);
    expect(page).toContain(`<iframe sandbox src="/mails/${id}/html" title="HTML part of the mail"></iframe>`);
    expect(page).toContain('The text part, &lt;b&gt;bare&lt;/b&gt;');
    expect(page).toContain('List-Unsubscribe-Post');
    expect(await read(`/mails/${id}`)).toContain('3 stories: Überflutung (3)');
  });

  it('serve their HTML part so that nothing in it runs or loads', async () => {
    const answer = await ask(`/mails/${await aMail('Hello')}/html`);
    expect(await answer.text()).toContain('<p style="color:#123456">The <b>HTML</b> part</p>');
    const policy = answer.headers.get('content-security-policy');
    for (const part of [
      "default-src 'none'",
      "style-src 'unsafe-inline'",
      "img-src 'none'",
      "frame-ancestors 'self'",
    ]) {
      expect(policy).toContain(part);
    }
    expect(policy).toMatch(/; sandbox$/);
    expect(policy).not.toContain('script');
  });

  it('give their source byte for byte as text, or to be kept', async () => {
    const id = await aMail('Hello');
    const shown = await ask(`/mails/${id}.eml`);
    expect(shown.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(shown.headers.get('content-disposition')).toBeNull();
    expect(new Uint8Array(await shown.arrayBuffer())).toEqual(new Uint8Array(view.mailbox[0]!.bytes!));
    const kept = await ask(`/mails/${id}.eml?download`);
    expect(kept.headers.get('content-disposition')).toBe('attachment; filename="mail-1.eml"');
  });

  it('say so when the file is gone or is no mail', async () => {
    const id = await aMail('Hello');
    view.mailbox[0]!.bytes = null;
    expect(await read(`/mails/${id}`)).toContain('The file of this mail is gone.');
    expect((await ask(`/mails/${id}.eml`)).status).toBe(404);
    expect(await read('/mails')).toContain('Without a subject');
    const nested = Array.from(
      { length: 300 },
      (_, depth) => `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n`,
    );
    view.mailbox[0]!.bytes = new TextEncoder().encode(nested.join(''));
    expect(await read(`/mails/${id}`)).toContain('This file cannot be read as a mail.');
    expect((await ask(`/mails/${id}/html`)).status).toBe(404);
  });

  it.each(['/mails/nobody', '/mails/nobody.eml', '/mails/nobody/html', '/mails/..%2F..%2Fetc%2Fpasswd'])(
    'know no %s',
    async (path) => {
      await aMail('Hello');
      expect((await ask(path)).status).toBe(404);
    },
  );
});

describe('an issue', () => {
  it('shows what it froze and its receipt', async () => {
    const hit = aHit('Ministers meet');
    await putHit(view.news, hit);
    await anIssue(morning, [{ entry: hit.entry, watch: hit.watch }]);
    const page = await read(`/issues/${morning.id}/12`);
    expect(page).toContain('Morning , No. 12');
    expect(page).toContain('Monday 23 November 2026, 07:00 (Europe/London)');
    expect(page).toContain('Ministers meet');
    expect(page).toContain('8 of 8 feeds read');
    expect(page).toContain('412');
  });

  it.each(['/issues/nobody/12', '/issues/x/y', `/issues/${morning.id}/13`])('is not made up for %s', async (path) => {
    await anIssue(morning, []);
    expect((await ask(path)).status).toBe(404);
  });
});

describe('every page', () => {
  const everywhere = [
    '/',
    '/feeds',
    `/feeds/${herald.id}`,
    '/hits',
    `/hits?words=${encodeURIComponent(hostile)}`,
    '/figures',
    '/mails',
    '/mails?state=waiting',
    '/mails/mail-1',
    '/subscribers',
    `/issues/${morning.id}/12`,
    '/nowhere',
  ];

  beforeEach(async () => {
    const feeds = [{ ...herald, name: hostile, tags: [hostile] }, courier];
    const watches = [{ ...encryption, name: hostile }, floods];
    view = { ...view, config: { ...town, feeds, watches, digests: [atOnce, { ...morning, name: hostile }] } };
    await putState(herald.id, { failing: { since: now - HOUR, why: 'unreadable', detail: hostile } });
    const text = { text: hostile, marks: [[0, 8]] } as const;
    const reasons = [{ line: hostile, field: 'body', text: hostile }] as unknown as Hit['reasons'];
    const hit = aHit(hostile, {
      outlet: hostile,
      title: text,
      excerpt: text,
      reasons,
      link: `https://a.example/"><script>`,
    });
    await putHit(view.news, hit);
    await anIssue(morning, [{ entry: hit.entry, watch: hit.watch }]);
    await aMail(hostile, { to: [hostile], path: hostile });
  });

  it.each(everywhere)('%s shows hostile text as text and loads nothing from elsewhere', async (path) => {
    const page = await markup(path);
    expect(page).not.toMatch(/<(?:script|img|base|object|embed|foreignObject)\b/i);
    expect(page).not.toMatch(/\s(?:src|srcset|background)="(?!\/mails\/)|\saction="(?!\/hits"|\/mails")/);
    expect(page).not.toMatch(/<link (?!rel="alternate")|@import|url\(/);
    expect(page).not.toMatch(/<[a-z]\w*(?:\s+[\w-]+(?:="[^"]*")?)*\s+on[a-z]+=/i);
    for (const [, href] of page.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^(?:\/|#|https?:\/\/)/);
  });

  it.each(everywhere)('%s is told to run and fetch nothing, and not to be kept', async (path) => {
    const { headers } = await ask(path);
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'/,
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it.each(everywhere)('%s has one main heading, a language, and a caption and scopes for each table', async (path) => {
    const page = await markup(path);
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(page).toContain('<html lang="en-GB">');
    const tables = page.match(/<table[\s\S]*?<\/table>/g) ?? [];
    for (const table of tables) {
      expect(table).toMatch(/<caption>[^<]+<\/caption>/);
      expect(table).not.toMatch(/<th\b(?![^>]* scope=)/);
    }
  });

  it.each(['127.0.0.1:8412', 'localhost:8412', 'LOCALHOST', '[::1]:8412'])('answers under %s', async (host) => {
    expect((await ask('/', { host })).status).toBe(200);
  });

  it.each([
    'evil.example',
    'evil.example:8412',
    '127.0.0.1.evil.example',
    'localhost@evil.example',
    '10.0.0.7:8412',
    '',
  ])('refuses the host “%s”', async (host) => {
    const answer = await ask('/mails', { host });
    expect(answer.status).toBe(421);
    expect(await answer.text()).toMatch(/^These pages answer on 127\.0\.0\.1 and localhost only/);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('refuses %s', async (method) => {
    const answer = await ask('/', { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD');
  });

  it('answers HEAD without a body', async () => {
    const answer = await ask('/feeds', { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
  });

  it('that does not exist says so without repeating the address', async () => {
    const answer = await ask(`/${encodeURIComponent(hostile)}?q=secret`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toMatch(/alert|secret/);
  });

  it('that fails echoes nothing, and tells the log', async () => {
    const news = { ...view.news, query: () => Promise.reject(new Error('secret of the table')) };
    view = { ...view, news };
    const answer = await ask('/?q=mine');
    expect(answer.status).toBe(500);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await answer.text()).not.toMatch(/secret|mine/);
    expect(view.faults).toEqual([new Error('secret of the table')]);
  });
});
