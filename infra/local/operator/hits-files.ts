/** Answers that are no pages: what is filtered, for spreadsheets, programs and feed readers. */
import type { HonoRequest } from 'hono';
import { limits } from '../../../shared/limits.ts';
import { addressOf, filterOf, matching } from './hit-filter.ts';
import { csvOf, jsonOf, wholeHits } from './hits-export.ts';
import { choicesOf, titleOf } from './hits-page.ts';
import type { OperatorView } from './operator-view.ts';

export const hitsFileKinds = ['csv', 'json', 'rss'] as const;

type HitsFileKind = (typeof hitsFileKinds)[number];

const mediaTypes: Readonly<Record<HitsFileKind, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json',
  rss: 'application/rss+xml; charset=utf-8',
};

/**
 * Exactly what the page of the same filter lists. What is not understood of the filter, or cannot be whole yet, gives no
 * file: nobody would see that it is another one than was asked for.
 *
 * @returns null when there is no such watch or outlet
 */
export async function hitsFile(view: OperatorView, kind: HitsFileKind, request: HonoRequest): Promise<Response | null> {
  const { filter, problems } = filterOf(request.query());
  if (problems.length > 0) return plain(problems.join(' '), 400);
  if (!(await view.hits.isWhole())) {
    return plain('The stored hits are being read. Ask again in a few seconds.', 503, { 'retry-after': '5' });
  }
  const choices = choicesOf(view, view.hits.lines());
  if (!choices.watches.has(filter.watch ?? '') || !choices.outlets.has(filter.outlet ?? '')) return null;
  const lines = matching(view.hits.lines(), filter);
  const headers = { 'content-type': mediaTypes[kind] };
  if (kind === 'rss') {
    const { hitsFeed } = await import('./hits-feed.ts');
    const { origin } = new URL(request.url);
    const newest = await Array.fromAsync(wholeHits(view.news, lines.slice(0, limits.hitsFeedEntriesMax)));
    const about = {
      title: `${titleOf(filter, choices)} · Watchword`,
      page: `${origin}${addressOf('/hits', filter)}`,
      self: `${origin}${addressOf('/hits.rss', filter)}`,
      updatedAt: lines[0]?.foundAt ?? view.clock.now(),
    };
    return new Response(hitsFeed(about, newest, view.config), { headers });
  }
  const written = (kind === 'csv' ? csvOf : jsonOf)(view.news, lines, view.config);
  return new Response(bytesOf(written, view), {
    headers: {
      ...headers,
      'content-disposition': `attachment; filename="hits.${kind}"`,
      'x-total-count': String(lines.length),
    },
  });
}

/** Cut off when something fails on the way: a file must not end as if it were whole. */
function bytesOf(pieces: AsyncGenerator<string>, { log }: Pick<OperatorView, 'log'>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const piece = await pieces.next();
        if (piece.done) controller.close();
        else controller.enqueue(encoder.encode(piece.value));
      } catch (fault) {
        log.error('export of hits failed', fault);
        controller.error(fault);
      }
    },
    cancel: () => void pieces.return(undefined),
  });
}

function plain(text: string, status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(text, { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } });
}
