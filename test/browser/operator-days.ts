/** Ninety days of an invented press office, for the pictures of the operator's pages. */
import type { OperatorView } from '../../infra/local/operator/operator-view.ts';
import { drop } from '../../shared/delivery/delivery.ts';
import { freeze } from '../../shared/digest/issue.ts';
import { idOf } from '../../shared/id.ts';
import { composeMail } from '../../shared/mail/compose.ts';
import { neverLookedAt } from '../../shared/poll/feed-state.ts';
import { deliveryOf, moveDelivery, putQueued } from '../../shared/store/deliveries.ts';
import { putFeedState } from '../../shared/store/feed-states.ts';
import { putHit, putPending } from '../../shared/store/hits.ts';
import { finishIssue, putIssue } from '../../shared/store/issues.ts';
import { putLook } from '../../shared/store/looks.ts';
import { confirmByOperator, suppress } from '../../shared/store/subscribers.ts';
import { DAY, HOUR, MINUTE } from '../../shared/time.ts';
import type { Config, Feed } from '../../shared/watch/config.ts';
import type { Hit } from '../../shared/watch/hit.ts';
import { receipt } from '../digest/sample.ts';
import { aHit, now, operatorView } from '../infra/local/operator-town.ts';
import { phraseWatch, town } from '../simulation/small-town.ts';
import { testKeys } from '../simulation/test-keys.ts';

/** What each watch finds, and how often in a hundred days. */
const news: readonly (readonly [watch: string, line: string, headline: string, perHundredDays: number])[] = [
  ['Encryption', 'encrypted', 'Ministers press firms over encrypted chats', 190],
  ['Floods', 'flood', 'Ferry to Thornmouth held back as flood waters rise', 120],
  ['Home Secretary', 'Home Secretary', 'Home Secretary visits the new harbour police', 90],
  ['Facial recognition', 'facial recognition', 'Council halts facial recognition at the market', 60],
  ['Undersea cables', 'cable', 'Second cable to the islands is cut within a week', 45],
  ['Data protection', 'regulator', 'Privacy regulator fines a chain of gyms', 40],
  ['Age checks', 'age check', 'Shops ask for one age check that all of them know', 25],
  ['Quantum', 'quantum', 'University opens a quantum laboratory in an old mill', 12],
  ['Postal votes', 'postal vote', 'Postal vote forms went to the wrong valley', 8],
  ['Lighthouse', 'lighthouse', 'Keepers of the last lighthouse are heard by a committee', 5],
];
const outlets = [
  'The Herald',
  'Northern Ledger',
  'Fell & Shore',
  'The Packet Room',
  'Quayside Review',
  'Evening Beacon',
];

const feeds: readonly Feed[] = outlets.map((name, n) => {
  const url = `https://outlet-${n}.example/feeds/news.xml`;
  const [like] = town.feeds;
  return { ...like!, id: idOf('feed', url), url, name, tags: n % 2 === 0 ? ['press'] : ['press', 'regional'] };
});
const watches = news.map(([name, line]) => phraseWatch(name, line));
const [atOnce, morning] = town.digests;
const readers = ['ada', 'bea', 'cleo', 'dan', 'eve', 'fay', 'gus'].map((name) => `${name}@press-office.example`);
const digests = [atOnce!, { ...morning!, name: 'Security brief', to: readers }];
const config: Config = { ...town, feeds, watches, digests };

/** @returns the pages to look at, by a name for their pictures */
export async function busyTown(): Promise<{ view: OperatorView; paths: Readonly<Record<string, string>> }> {
  const view = operatorView(config);
  const hits = inventedHits();
  for (const hit of hits) await putHit(view.news, hit);
  await putPending(
    view.news,
    hits.slice(-3).map((hit) => ({ digest: atOnce!.id, hit })),
  );
  await feedStates(view);
  await issues(view, hits.slice(0, 12));
  const kept = await keptMail(view);
  return {
    view,
    paths: {
      overview: '/',
      feeds: '/feeds',
      feed: `/feeds/${feeds[2]?.id}`,
      hits: '/hits',
      'hits-none': '/hits?words=xyzzy&from=yesterday',
      figures: '/figures',
      'figures-total': '/figures?days=90&by=total',
      mails: '/mails',
      'mails-dropped': '/mails?state=dropped',
      mail: `/mails/${kept}`,
      subscribers: '/subscribers',
      issue: `/issues/${morning!.id}/12`,
    },
  };
}

/** Spread over the days by a rule that looks like chance: seldom at weekends, often in some weeks. */
function inventedHits(): readonly Hit[] {
  return news.flatMap(([name, line, headline, often], nth) => {
    const watch = watches[nth]!;
    return Array.from({ length: often }, (_, n) => {
      const daysAgo = (n * n * 7 + n * 13 + nth * 29) % 89;
      const at = now - daysAgo * DAY - ((n * 37) % 600) * MINUTE;
      const feed = feeds[(n + nth) % feeds.length]!;
      const start = headline.toLowerCase().indexOf(line.toLowerCase());
      return aHit(`${name} ${n}`, {
        watch: watch.id,
        feed: feed.id,
        outlet: feed.name,
        title: { text: headline, marks: start < 0 ? [] : [[start, start + line.length]] },
        excerpt: {
          text: `Nobody was there to say why, ${name.toLowerCase()} or not; the matter is looked into.`,
          marks: [],
        },
        publishedAt: at - 20 * MINUTE,
        foundAt: at,
        reasons: [{ line, field: 'title', text: line }],
      });
    });
  });
}

async function feedStates(view: OperatorView): Promise<void> {
  for (const [n, feed] of feeds.entries()) {
    const state = {
      ...neverLookedAt(feed.id),
      firstReadAt: now - 90 * DAY,
      newsAt: now - n * HOUR,
      scanned: 4_000 + n,
      rev: 1,
    };
    const failing = { since: now - 30 * HOUR, why: 'not found', detail: 'The server answered 404 Not Found.' } as const;
    await putFeedState(view.news, { shard: 0, shards: 1 }, feed, null, n === 2 ? { ...state, failing } : state);
  }
  const counts = { read: 5, unchanged: 3, failed: 1, missed: [] };
  await putLook(view.news, {
    shard: 0,
    tickAt: now - 5 * MINUTE,
    endedAt: now - 4 * MINUTE,
    looked: new Set<string>(),
    ...counts,
  });
}

async function issues(view: OperatorView, hits: readonly Hit[]): Promise<void> {
  const slot = { id: '2026-11-23T07:00', at: Date.UTC(2026, 10, 23, 7) };
  const told = hits.map(({ entry, watch }) => ({ entry, watch }));
  const found = { hits: told, receipt: receipt({ watches: [{ name: 'Encryption', hits: 12 }] }), scanned: {} };
  const issue = freeze(digests[1]!, { kind: 'freeze', slot, number: 12 }, found, slot.at + MINUTE);
  await putIssue(view.news, issue);
  await finishIssue(view.news, issue);
  const subscribers = await confirmByOperator(view.people, digests[1]!, testKeys, now - 60 * DAY);
  const states = ['SENT', 'SENT', 'SENT', 'UNKNOWN', 'DROPPED', 'SENT'] as const;
  for (const [n, subscriber] of subscribers.entries()) {
    await putQueued(view.people, issue.id, subscriber, slot.at);
    const delivery = await deliveryOf(view.people, issue.id, subscriber);
    const state = states[n];
    if (state !== undefined) {
      await moveDelivery(view.people, delivery!, { ...drop(delivery!, 'unsubscribed', slot.at + MINUTE), state });
    }
  }
  await suppress(view.people, subscribers[5]!, { cause: 'bounced', since: slot.at + HOUR });
}

/** @returns the id of a mail */
async function keptMail(view: ReturnType<typeof operatorView>): Promise<string> {
  for (const [n, to] of readers.entries()) {
    const bytes = await composeMail({
      from: config.deliver.from,
      to,
      subject: '12 stories: Encryption (7), Floods (5)',
      html: '<h1>Security brief</h1><p>Ministers press firms over <mark>encrypted</mark> chats</p>',
      text: 'Security brief\n\nMinisters press firms over encrypted chats',
      unsubscribeUrl: 'http://127.0.0.1:8412/u/token',
      issueId: 'issue',
      deliveryId: `delivery-${n}`,
      date: now,
    });
    view.mailbox.push({
      mail: {
        id: `mail-${n}`,
        to: [to],
        at: now - (readers.length - n) * MINUTE,
        path: `/data/mail/${n}.eml`,
        tags: {},
      },
      bytes,
    });
  }
  return 'mail-0';
}
