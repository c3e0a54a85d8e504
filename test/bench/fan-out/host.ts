/**
 * The real host of this machine with one issue for many readers, as a process that can be killed. Started again on the same
 * folder, it goes on. Says on stdout how many mails are kept, and at the end a line of JSON.
 *
 * node host.ts FOLDER READERS
 */
import { writeJob } from '../../../functions/job.ts';
import { openHost } from '../../../infra/local/host.ts';
import { drainQueue } from '../../../infra/local/queue-poller.ts';
import { idOf } from '../../../shared/id.ts';
import { limits } from '../../../shared/limits.ts';
import { deliveriesOf } from '../../../shared/store/deliveries.ts';
import { putHit, putPending } from '../../../shared/store/hits.ts';
import { issuesOf } from '../../../shared/store/issues.ts';
import { newsKeys, peopleKeys } from '../../../shared/store/keys.ts';
import { writeAll } from '../../../shared/store/whole.ts';
import { iso, MINUTE, SECOND } from '../../../shared/time.ts';
import type { Hit } from '../../../shared/watch/hit.ts';
import type { Table } from '../../../shared/world.ts';
import { town } from '../../simulation/small-town.ts';

const [, , folder = '', said = '10000'] = process.argv;
const readers = Number(said);
const [digest] = town.digests.map((each) => ({ ...each, to: [] }));
if (digest === undefined) throw new Error('the town has a digest');
const subscriberOf = (n: number) => idOf('reader', String(n));
const addressOf = (n: number) => `reader${n}@reader.example`;

/** As if all had confirmed last year. */
async function enrol(people: Table): Promise<void> {
  const since = Date.now() - 365 * 24 * 60 * MINUTE;
  const writes = Array.from({ length: readers }, (_, n) => {
    const subscriber = subscriberOf(n);
    const profile = {
      subscriber,
      address: addressOf(n),
      state: 'confirmed',
      pausedUntil: null,
      zone: null,
      version: 1,
    };
    const subscription = { subscriber, digest: digest?.id ?? '', state: 'confirmed', by: 'person', version: 1, since };
    return [
      { put: { ...peopleKeys.reader(digest?.id ?? '', subscriber), since, rev: 1 } },
      { put: { ...profile, since, asked: null, lettersAt: [], ...peopleKeys.subscriber(subscriber) } },
      {
        put: {
          ...subscription,
          edition: digest?.id ?? '',
          left: [],
          ...peopleKeys.subscription(subscriber, digest?.id ?? ''),
        },
      },
    ];
  });
  await writeAll(people, writes.flat());
}

async function findSomething(news: Table): Promise<void> {
  const at = Date.now();
  const hits = Array.from({ length: 8 }, (_, n): Hit => {
    const title = { text: `Council votes on encryption, part ${n}`, marks: [[17, 27] as const] };
    const excerpt = {
      text: 'The council of the town met for the whole of an evening and spoke of many things.',
      marks: [],
    };
    const found = {
      publishedAt: at,
      foundAt: at,
      excerpt,
      reasons: [{ line: 'encryption~', field: 'title', text: 'encryption' }],
    } as const;
    const [watch, feed] = [town.watches[0]?.id ?? '', town.feeds[0]];
    return {
      watch,
      entry: idOf('entry', String(n)),
      feed: feed?.id ?? '',
      outlet: feed?.name ?? '',
      title,
      link: `https://news.example/${n}`,
      ...found,
    };
  });
  for (const hit of hits) await putHit(news, hit);
  await putPending(
    news,
    hits.map((hit) => ({ digest: digest?.id ?? '', hit })),
  );
}

let ahead = 0;
const clock = { now: () => Date.now() + ahead };
let issued = 0;
const faults: unknown[] = [];
const log = {
  info(event: string) {
    if (event === 'issued') issued += 1;
  },
  error(event: string, fault: unknown) {
    faults.push(event, fault);
  },
};
const host = await openHost({
  config: { ...town, digests: [digest] },
  data: folder,
  clock,
  log,
  webBase: 'http://127.0.0.1:8420',
  smtpUrl: null,
});
const { news, people, ticks, queues } = host.handlers;
const telling = setInterval(() => process.stdout.write(`${host.mails().length}\n`), 50);

const before = await issuesOf(news, digest.id, 1);
if (before.length === 0) {
  await enrol(people);
  await findSomething(news);
}
process.stdout.write('enrolled\n');
const startedAt = performance.now();
const cpuBefore = process.cpuUsage();
const mailsBefore = host.mails().length;
// What an interrupted run left comes first: its mails may be known by now.
await drainQueue(host.workOf('feedback'));
if (before[0]?.finished !== true) await ticks.digest({ time: iso(clock.now()), detail: {} });
await drainQueue(host.workOf('deliver'));
const [issue] = await issuesOf(news, digest.id, 1);
if (issue === undefined) throw new Error('there is an issue');

// What the process before had in its hands: time goes on until it may be taken up again.
const open = async () => (await deliveriesOf(people, issue.id)).filter(({ state }) => state !== 'SENT');
const inFlight = (await open()).length;
for (const wait of [limits.leaseSeconds * SECOND, limits.unknownWaitMinutes * MINUTE]) {
  const left = await open();
  if (left.length === 0) break;
  ahead += wait + SECOND;
  const body = writeJob({
    kind: 'deliver',
    digest: digest.id,
    edition: digest.id,
    number: issue.number,
    subscribers: left.map(({ subscriber }) => subscriber),
  });
  await queues.deliver({
    Records: [{ messageId: 'bench', body, attributes: { ApproximateReceiveCount: '1' } }],
  } as never);
}
const sentSeconds = (performance.now() - startedAt) / 1_000;
const cpu = process.cpuUsage(cpuBefore);
const deliveries = await deliveriesOf(people, issue.id);
const addresses = host.mails().flatMap(({ destinations }) => destinations);
const rendered = await news.query({ pk: newsKeys.rendered(issue.id).pk });
clearInterval(telling);
process.stdout.write(
  `${JSON.stringify({
    issues: issue.number,
    renderings: issued,
    rendered: rendered.items.filter(({ sk }) => sk === newsKeys.rendered(issue.id).sk).length,
    deliveries: deliveries.length,
    sent: deliveries.filter(({ state }) => state === 'SENT').length,
    mails: addresses.length,
    addresses: new Set(addresses).size,
    inFlight,
    faults: faults.map(String),
    seconds: sentSeconds,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    sentHere: addresses.length - mailsBefore,
    peakMb: process.resourceUsage().maxRSS / 1_024,
  })}\n`,
);
await host.close();
