/**
 * What an issue of a digest looks like, before there is one that may be shown: rendered like any other, from news that
 * nobody wrote. It holds only what the sign-up page says of the digest.
 */

import { marks } from '../digest/own-links.ts';
import type { Receipt } from '../digest/receipt.ts';
import { renderIssue } from '../digest/render.ts';
import { latestSlot } from '../digest/slot.ts';
import { storiesOf } from '../digest/story.ts';
import { HOUR, type Instant, MINUTE } from '../time.ts';
import type { Digest, Watch } from '../watch/config.ts';
import type { Hit } from '../watch/hit.ts';

const outlets = ['The Harbour Gazette', 'Northmoor Post', 'Ledger & Lantern'];
const headlines = [
  (name: string) => `What is new about ${name}`,
  (name: string) => `Council hears experts on ${name}`,
  (name: string) => `${name}: five questions, and who can answer them`,
];
const excerpt =
  'Here stands the passage of the article in which the words were found, so that it can be judged at a glance.';

/** @returns a whole HTML document, without a link that leads anywhere */
export function sampleIssue(digest: Digest, watches: readonly Pick<Watch, 'id' | 'name'>[], now: Instant): string {
  const slotAt = latestSlot(digest.when, digest.zone, now).at;
  const own = digest.watches.flatMap((id) => watches.find((watch) => watch.id === id) ?? []);
  const { html } = renderIssue({
    digestName: `${digest.name} (sample)`,
    zone: digest.zone,
    slotAt,
    frozenAt: slotAt,
    watches: own,
    stories: storiesOf(own.slice(0, headlines.length).map(({ id, name }, at) => sampleHit(id, name, at, slotAt))),
    receipt: sampleReceipt(own, slotAt),
  });
  // Where the links of a reader would lead, this leads back.
  return Object.values(marks).reduce((text, mark) => text.split(mark).join('/subscribe'), html);
}

function sampleHit(watch: string, name: string, at: number, slotAt: Instant): Hit {
  const headline = headlines[at]?.(name) ?? name;
  const start = headline.indexOf(name);
  return {
    watch,
    entry: `sample-${at}`,
    feed: `sample-${at}`,
    outlet: outlets[at] ?? '',
    title: { text: headline, marks: [[start, start + name.length]] },
    link: null,
    publishedAt: slotAt - (at + 1) * HOUR,
    foundAt: slotAt - (at + 1) * HOUR + 5 * MINUTE,
    excerpt: { text: excerpt, marks: [] },
    reasons: [{ line: name, field: 'title', text: name }],
  };
}

function sampleReceipt(watches: readonly { readonly name: string }[], slotAt: Instant): Receipt {
  return {
    from: slotAt - 24 * HOUR,
    to: slotAt,
    feeds: { watched: 8, read: 8, unchanged: 2, failing: [], failingCount: 0, unread: [], unreadCount: 0 },
    entriesScanned: 412,
    entriesRemembered: 0,
    lastLookAt: slotAt - 3 * MINUTE,
    watches: watches.map(({ name }, at) => ({ name, hits: at < headlines.length ? 1 : 0 })),
  };
}
