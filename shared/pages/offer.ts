/** The digests as people are offered them: what each watches and when it comes, in words. */
import { html } from 'hono/html';
import { oneLine } from '../digest/mail-text.ts';
import { limits } from '../limits.ts';
import type { Digest, Schedule, Watch } from '../watch/config.ts';
import { listed } from '../watch/listed.ts';
import { scheduleInWords } from './cadence.ts';
import type { PageHtml } from './page.ts';

export interface Offer {
  readonly id: string;
  readonly name: string;
  /** One sentence. */
  readonly watches: string;
  readonly when: Schedule;
  readonly zone: string;
  /** One sentence. */
  readonly comes: string;
}

/** In the order of the watch file. */
export function offersOf(config: {
  readonly digests: readonly Digest[];
  readonly watches: readonly Pick<Watch, 'id' | 'name'>[];
}): Offer[] {
  const { digests, watches } = config;
  const names = new Map(watches.map(({ id, name }) => [id, oneLine(name)]));
  return digests.map((digest) => ({
    id: digest.id,
    name: oneLine(digest.name),
    watches: watchesInWords(digest.watches.flatMap((id) => names.get(id) ?? [])),
    when: digest.when,
    zone: digest.zone,
    comes: comesInWords(digest),
  }));
}

function watchesInWords(names: readonly string[]): string {
  const over = names.length - limits.watchesNamedMax;
  // "and 1 more" says less than the name itself.
  if (over <= 1) return `Watches ${listed(names)}.`;
  return `Watches ${names.slice(0, limits.watchesNamedMax).join(', ')} and ${over} more.`;
}

function comesInWords({ when, zone, empty }: Digest): string {
  if (when.kind === 'at once') return 'Comes at once, whenever something is found.';
  const at = when.kind === 'times' ? ` (${zone})` : '';
  const quiet = empty === 'send' ? 'also when there is nothing to tell' : 'when there is something to tell';
  return `Comes ${scheduleInWords(when)}${at}, ${quiet}.`;
}

/** A digest with its checkbox. */
export function offerItem(offer: Offer, checked: boolean, more: PageHtml | '' = ''): PageHtml {
  const { id, name, watches, comes } = offer;
  return html`<div class="digest">
<input type="checkbox" id="digest-${id}" name="digest" value="${id}" aria-describedby="about-${id}"${checked ? html` checked` : ''}>
<div><label class="name" for="digest-${id}">${name}</label>
<div class="quiet" id="about-${id}"><p>${watches}</p><p>${comes}</p></div>
<p class="quiet"><a href="/sample/${id}">See a sample<span class="unseen"> of ${name}</span></a></p>
${more}</div>
</div>`;
}
