/** A publisher with a feed for each state of health, in two acts: what it says before some days have gone by, and after. */
import { createServer, type ServerResponse } from 'node:http';
import { type Listening, listenOnLoopback } from '../../../infra/local/loopback.ts';
import { DAY, HOUR } from '../../../shared/time.ts';

type Act = 1 | 2;
interface Item {
  readonly name: string;
  readonly title?: string;
  readonly daysAgo?: number;
}

const now = Date.now();

function rss(items: readonly Item[]): string {
  const all = items.map(
    ({ name, title = `Story ${name}`, daysAgo = 0.1 }) =>
      `<item><guid isPermaLink="false">${name}</guid><title>${title}</title><link>https://outlet.example/${name.replace(/^.*~/, '')}</link>` +
      `<pubDate>${new Date(now - daysAgo * DAY - HOUR).toUTCString()}</pubDate></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>${all.join('')}</channel></rss>`;
}
const ten = (name: (n: number) => string, every = 0.2) =>
  rss(Array.from({ length: 10 }, (_, n) => ({ name: name(n), daysAgo: n * every })));
const steady = ten((n) => `steady ${n}`);

type Answer = (response: ServerResponse, act: Act) => void;
const later =
  (second: Answer): Answer =>
  (response, act) =>
    act === 1 ? response.end(steady) : second(response, act);

const answers: Readonly<Record<string, Answer>> = {
  '/fine': (response, act) =>
    response.end(act === 1 ? steady : rss([{ name: 'new', title: 'Chats were encrypted' }, { name: 'steady 0' }])),
  '/unchanged': (response) => response.end(ten((n) => `seldom ${n}`, 6)),
  '/quiet': (response) => response.end(steady),
  '/slow': later(
    (response) => void setTimeout(() => response.end(rss([{ name: 'late' }, { name: 'steady 0' }])), 5_200),
  ),
  '/failing': later((response) => response.writeHead(500).end()),
  '/lost': later((response) => response.writeHead(404).end()),
  '/forbidden': later((response) => response.writeHead(403).end()),
  '/too-many': later((response) => response.writeHead(429, { 'retry-after': '3600' }).end()),
  '/challenge': later((response) =>
    response.end(
      '<!doctype html><title>Just a moment...</title><script src="/cdn-cgi/challenge-platform/x.js"></script>',
    ),
  ),
  '/log-in': later((response) => response.end('<!doctype html><title>Please log in</title>')),
  '/moved': (response) => response.writeHead(301, { location: '/new-home' }).end(),
  '/new-home': (response) => response.end(ten((n) => `home ${n}`, 6)),
  '/gone': (response) => response.writeHead(410).end(),
  '/refused': later((response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end()),
  '/renamed': (response, act) => response.end(ten((n) => `${act === 1 ? 'old' : 'new'}~${n}`, 6)),
  '/turned-over': (response, act) => response.end(ten((n) => `act ${act} ${n}`)),
  '/recovered': (response, act) => (act === 1 ? response.writeHead(503).end() : response.end(steady)),
};

/** The feeds, each called by its path without the slash; `new-home` is none of them. */
export const feedPaths: readonly string[] = Object.keys(answers).filter((path) => path !== '/new-home');

export async function openHealthPublisher(): Promise<Listening & { secondAct(): void }> {
  let act: Act = 1;
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/rss+xml');
    const answer = answers[request.url ?? ''];
    if (answer === undefined) response.writeHead(404).end();
    else answer(response, act);
  });
  const listening = await listenOnLoopback(server, 0);
  return {
    ...listening,
    secondAct: () => {
      act = 2;
    },
  };
}
