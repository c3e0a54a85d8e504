/** What the tests of the operator's pages look at: the small town, an empty mailbox, and hits of its watches. */
import { heardTable } from '../../../infra/local/heard-table.ts';
import { hitIndex } from '../../../infra/local/operator/hit-index.ts';
import type { MailOnDisk, OperatorView } from '../../../infra/local/operator/operator-view.ts';
import { operatorPages } from '../../../infra/local/operator/pages.ts';
import { idOf } from '../../../shared/id.ts';
import { HOUR } from '../../../shared/time.ts';
import type { Config } from '../../../shared/watch/config.ts';
import type { Hit } from '../../../shared/watch/hit.ts';
import { memoryTable } from '../../simulation/memory-table.ts';
import { town } from '../../simulation/small-town.ts';

/** Monday 23 November 2026, 12:20 in London. */
export const now = Date.UTC(2026, 10, 23, 12, 20);
export const hostile = `<script>alert(1)</script><img src=x onerror=alert(1)>"'`;

export type TownView = OperatorView & {
  readonly mailbox: { mail: MailOnDisk; bytes: Uint8Array | null }[];
  readonly faults: unknown[];
  readonly config: Config;
};

export function operatorView(config: Config = town): TownView {
  const mailbox: TownView['mailbox'] = [];
  const faults: unknown[] = [];
  const news = heardTable(memoryTable(7));
  return {
    clock: { now: () => now },
    log: { info: () => {}, error: (_event, fault) => void faults.push(fault) },
    news,
    people: memoryTable(7),
    config,
    hits: hitIndex(news, config, 5_000),
    mails: () => mailbox.map(({ mail }) => mail),
    mailBytes: async (id) => mailbox.find(({ mail }) => mail.id === id)?.bytes ?? null,
    mailbox,
    faults,
  };
}

export const askOf =
  (view: OperatorView) =>
  (path: string, init: { method?: string; host?: string } = {}) =>
    operatorPages(view).request(path, {
      method: init.method ?? 'GET',
      headers: { host: init.host ?? '127.0.0.1:8412' },
    });

/** What a page says, without markup, and every run of white space as one. */
export function saidBy(markup: string): string {
  const text = markup.replace(/<style>[\s\S]*?<\/style>/g, '').replace(/<[^>]+>/g, ' ');
  return text.replace(/\s+/g, ' ');
}

/** Of the watch “Encryption”, an hour ago, in The Herald. */
export function aHit(name: string, part: Partial<Hit> = {}): Hit {
  const [encryption] = town.watches;
  const [herald] = town.feeds;
  return {
    watch: encryption?.id ?? '',
    entry: idOf('entry', herald?.id ?? '', name),
    feed: herald?.id ?? '',
    outlet: 'The Herald',
    title: { text: name, marks: [] },
    link: `https://herald.example/${encodeURIComponent(name.toWellFormed())}`,
    publishedAt: now - 2 * HOUR,
    foundAt: now - HOUR,
    excerpt: null,
    reasons: [{ line: 'encryption~', field: 'title', text: 'encrypted' }],
    ...part,
  };
}
