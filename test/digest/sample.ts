/** Made-up hits and receipts: the outlets, people and events do not exist. */
import type { Receipt } from '../../shared/digest/receipt.ts';
import { HOUR, MINUTE } from '../../shared/time.ts';
import type { Hit } from '../../shared/watch/hit.ts';

/** Monday 23 November 2026, 07:00 in London. */
export const slotAt = Date.parse('2026-11-23T07:00:00Z');

/** A hit whose entry is named by outlet and title, found half an hour before the slot. */
export function hit(part: Omit<Partial<Hit>, 'title'> & { readonly title: string }): Hit {
  const outlet = part.outlet ?? 'Northern Ledger';
  return {
    watch: 'w-encryption',
    entry: `${outlet}: ${part.title}`,
    feed: `f-${outlet}`,
    link: `https://news.example/${encodeURIComponent(outlet)}/${encodeURIComponent(part.title.slice(0, 60).toWellFormed())}`,
    publishedAt: slotAt - HOUR,
    foundAt: slotAt - 30 * MINUTE,
    excerpt: null,
    reasons: [{ line: 'encryption', field: 'title', text: 'encryption' }],
    ...part,
    outlet,
    title: { text: part.title, marks: [] },
  };
}

/** A receipt of eight feeds that were all read. */
export function receipt(
  part: Omit<Partial<Receipt>, 'feeds'> & { readonly feeds?: Partial<Receipt['feeds']> } = {},
): Receipt {
  return {
    from: slotAt - 24 * HOUR,
    to: slotAt,
    entriesScanned: 412,
    entriesRemembered: 0,
    lastLookAt: slotAt - 4 * MINUTE,
    watches: [],
    ...part,
    feeds: {
      watched: 8,
      read: 8,
      unchanged: 2,
      failing: [],
      failingCount: part.feeds?.failing?.length ?? 0,
      unread: [],
      unreadCount: part.feeds?.unread?.length ?? 0,
      ...part.feeds,
    },
  };
}
