/** What is filtered, as a file: every hit of it, read and written piece by piece. */
import { oneLine } from '../../../shared/digest/mail-text.ts';
import { webAddress } from '../../../shared/feed/links.ts';
import { limits } from '../../../shared/limits.ts';
import { getHits } from '../../../shared/store/hits.ts';
import { iso } from '../../../shared/time.ts';
import type { Config } from '../../../shared/watch/config.ts';
import { reasonLine } from '../../../shared/watch/explain.ts';
import type { Hit } from '../../../shared/watch/hit.ts';
import type { Table } from '../../../shared/world.ts';
import type { HitLine } from './hit-index.ts';

/** The whole hits of these lines, in their order. One that is gone by now is left out. */
export async function* wholeHits(news: Table, lines: readonly HitLine[]): AsyncGenerator<Hit> {
  for (let start = 0; start < lines.length; start += limits.batchGetKeysMax) {
    const some = lines.slice(start, start + limits.batchGetKeysMax);
    const found = new Map((await getHits(news, some)).map((hit) => [`${hit.watch} ${hit.entry}`, hit]));
    for (const { watch, entry } of some) {
      const hit = found.get(`${watch} ${entry}`);
      if (hit !== undefined) yield hit;
    }
  }
}

const columns = ['found', 'published', 'watch', 'outlet', 'headline', 'link', 'excerpt', 'why'];

/**
 * RFC 4180, a hit a row, in UTF-8 with a byte order mark: without one Excel reads another charset. Texts are in one line,
 * and none is a formula to a spreadsheet.
 */
export async function* csvOf(news: Table, lines: readonly HitLine[], config: Config): AsyncGenerator<string> {
  yield `\ufeff${columns.join(',')}\r\n`;
  const nameOf = watchNames(config);
  for await (const hit of wholeHits(news, lines)) {
    const { publishedAt, foundAt, outlet, title, link, excerpt, reasons, watch } = hit;
    const cells = [
      iso(foundAt),
      publishedAt === null ? '' : iso(publishedAt),
      nameOf(watch),
      outlet,
      title.text,
      followable(link) ?? '',
      excerpt?.text ?? '',
      reasonLine(reasons),
    ];
    yield `${cells.map(cell).join(',')}\r\n`;
  }
}

/** One object: how many hits there are, then the hits, a line each. */
export async function* jsonOf(news: Table, lines: readonly HitLine[], config: Config): AsyncGenerator<string> {
  yield `{"total":${lines.length},"hits":[`;
  const nameOf = watchNames(config);
  let before = '\n';
  for await (const { watch, entry, outlet, title, link, publishedAt, foundAt, excerpt, reasons } of wholeHits(
    news,
    lines,
  )) {
    const told = {
      found: iso(foundAt),
      published: publishedAt === null ? null : iso(publishedAt),
      watch: { id: watch, name: nameOf(watch) },
      entry,
      outlet,
      headline: title.text,
      link: followable(link),
      excerpt: excerpt?.text ?? null,
      reasons,
    };
    yield `${before}${JSON.stringify(told)}`;
    before = ',\n';
  }
  yield '\n]}\n';
}

/** What a spreadsheet would run as a formula is marked as text, by the apostrophe that spreadsheets know (OWASP, CSV injection). */
function cell(text: string): string {
  const line = oneLine(text, text.length);
  const safe = /^[=+\-@＝＋－＠]/.test(line) ? `'${line}` : line;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** As on the pages: what may not be followed there is not handed on either. */
export function followable(link: string | null): string | null {
  const address = link === null ? null : webAddress(link, null);
  return address === null || new URL(address).username !== '' ? null : address;
}

export function watchNames({ watches }: Pick<Config, 'watches'>): (watch: string) => string {
  const names = new Map(watches.map(({ id, name }) => [id, name]));
  return (watch) => names.get(watch) ?? 'a watch that is gone';
}
