/**
 * The recorded feeds of `seeds/`, each served by many publishers, as publishers do: some answer "not changed", some send the
 * same bytes again, some others that say the same.
 */
import { type Edition, serveSeeds } from '../../../infra/local/seed-server.ts';
import { parseFeed } from '../../../shared/feed/parse.ts';
import { idOf } from '../../../shared/id.ts';
import type { Instant } from '../../../shared/time.ts';
import type { Feed } from '../../../shared/watch/config.ts';
import type { GroupedHttp } from '../../../shared/world.ts';

interface Page {
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly entries: number;
}

/** One recorded feed, before and after its publisher wrote something new. */
export interface Recording {
  readonly editions: readonly [Page, Page];
}

/** How publishers answer when there is nothing new: of 100 looks. Shares reported by aggregators between 2004 and 2008. */
export const answersOfHundred = { notChanged: 60, sameBytes: 25, otherBytes: 15 } as const;

const paths = [
  '/harbour-wire/rss.xml',
  '/northgate-times/feed',
  '/thornmouth-echo/rss',
  '/meridian-dispatch/news.rss',
  '/civic-register/notices.atom',
] as const;

/** @param baseAt what the dates in the documents are counted from */
export async function recordings(baseAt: Instant): Promise<readonly Recording[]> {
  let edition: Edition = 1;
  const server = await serveSeeds({ port: 0, edition: () => edition, clock: () => baseAt, baseAt });
  const pageAt = async (path: string, wanted: Edition): Promise<Page> => {
    edition = wanted;
    const answer = await fetch(server.url + path);
    const body = lengthened(new Uint8Array(await answer.arrayBuffer()));
    const contentType = answer.headers.get('content-type') ?? '';
    const read = await parseFeed(body, contentType, server.url + path);
    if (!answer.ok || read.kind === 'problem') throw new Error(`${path} is no feed in edition ${wanted}`);
    return { body, contentType, entries: read.document.entries.length };
  };
  try {
    const all: Recording[] = [];
    for (const path of paths) all.push({ editions: [await pageAt(path, 1), await pageAt(path, 2)] });
    return all;
  } finally {
    await server.close();
  }
}

/** Entries of a document, as feeds have on average; the recorded ones have ten. */
const entriesEach = 25;

/** With older entries at its end, the same in both editions: copies of the last one, which both have. */
function lengthened(document: Uint8Array): Uint8Array {
  const text = Buffer.from(document).toString('latin1'); // one character a byte, whatever the charset
  const entries = [...text.matchAll(/<(item|entry)\b.*?<\/\1>/gs)];
  const last = entries.at(-1);
  if (last === undefined) throw new Error('a recorded feed has entries');
  const end = last.index + last[0].length;
  const older = Array.from({ length: entriesEach - entries.length }, (_, n) =>
    last[0]
      .replace(/(<(?:title|guid|id|link)\b[^>]*>)([^<]+)/g, `$1$2-${n}`)
      .replace(/(<link[^>]* href="[^"]*)/g, `$1-${n}`),
  );
  return Buffer.from(text.slice(0, end) + older.join('') + text.slice(end), 'latin1');
}

export interface Publishers extends GroupedHttp {
  readonly feeds: readonly Feed[];
  /** Lets some publishers write something new: the first and every `every`-th after it. @returns how many */
  write(every: number): number;
  /** How many looks they were given. */
  looks(): number;
}

/** @param now so that bytes differ where nothing else does */
export function publishersOf(count: number, recorded: readonly Recording[], now: () => Instant): Publishers {
  const urls = Array.from({ length: count }, (_, n) => `https://p${n}.feeds.example/news/feed.xml`);
  const numberOf = new Map(urls.map((url, n) => [url, n]));
  const written = new Set<number>();
  let looks = 0;
  return {
    feeds: urls.map((url, n) => ({
      id: idOf('feed', url),
      url,
      name: `Outlet ${n}`,
      tags: [],
      everyMinutes: 15,
      excerptChars: 300,
      firstLookHours: 24,
      text: 'feed',
    })),
    looks: () => looks,
    write(every) {
      for (let n = 0; n < count; n += every) written.add(n);
      return Math.ceil(count / every);
    },
    hangUp: async () => {},
    async get({ url, headers: asked }) {
      looks += 1;
      const n = numberOf.get(url) ?? 0;
      const edition = written.has(n) ? 1 : 0;
      const page = recorded[n % recorded.length]!.editions[edition];
      const kind = (n * 37) % 100; // coprime to 100: every share, at any count
      const headers = { 'content-type': page.contentType, 'content-length': '1' };
      const etag = `"${n}-${edition}"`;
      if (kind < answersOfHundred.notChanged) {
        const known = asked['if-none-match'] === etag;
        const body = known ? new Uint8Array() : page.body;
        return { kind: 'answer', status: known ? 304 : 200, headers: { ...headers, etag }, body };
      }
      const isSame = kind < answersOfHundred.notChanged + answersOfHundred.sameBytes;
      const body = isSame ? page.body : Buffer.concat([page.body, Buffer.from(`\n<!-- ${now()} -->`)]);
      return { kind: 'answer', status: 200, headers, body };
    },
  };
}
