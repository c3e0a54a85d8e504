/** Mails in a list, with what became of their deliveries. */
import { html } from 'hono/html';
import { unreachable } from '../../../shared/assert.ts';
import type { Delivery } from '../../../shared/delivery/delivery.ts';
import { deliveryOf } from '../../../shared/store/deliveries.ts';
import { foreign, type Html, table } from './frame.ts';
import type { Moments } from './moments.ts';
import type { MailOnDisk, OperatorView } from './operator-view.ts';
import { subjectOf } from './stored-message.ts';

/** The newest mails of this machine, newest first. */
export function newestMails(view: OperatorView, mailsMax: number): readonly MailOnDisk[] {
  return view.mails().slice(-mailsMax).toReversed();
}

export async function mailTable(
  view: OperatorView,
  mails: readonly MailOnDisk[],
  caption: string,
  moments: Moments,
): Promise<Html> {
  const rows = await Promise.all(
    mails.map(async (mail) => [
      html`<a href="/mails/${encodeURIComponent(mail.id)}">${foreign((await subjectIn(view, mail)) ?? 'Without a subject')}</a>`,
      foreign(mail.to.join(', ')),
      moments.at(mail.at),
      await fateWords(view, mail),
    ]),
  );
  return table(caption, ['Subject', 'Reader', 'Stored', 'Delivery'], rows);
}

/** Null for a mail whose tags name no delivery that is known. */
async function deliveryFor(view: OperatorView, { tags }: MailOnDisk): Promise<Delivery | null> {
  const { issue, subscriber } = tags;
  return issue === undefined || subscriber === undefined ? null : deliveryOf(view.people, issue, subscriber);
}

/** What became of a mail, in words. A letter answers somebody who asked: it is sent once, and no delivery follows it. */
export async function fateWords(view: OperatorView, mail: MailOnDisk): Promise<Html> {
  return mail.tags.letter === undefined
    ? deliveryWords(await deliveryFor(view, mail))
    : html`letter: ${foreign(mail.tags.letter)}`;
}

/** The state of a delivery in words. */
function deliveryWords(delivery: Delivery | null): Html {
  if (delivery === null) return html`not known`;
  switch (delivery.state) {
    case 'QUEUED':
      return html`waiting to be sent`;
    case 'SENDING':
      return html`being sent`;
    case 'SENT':
      return html`sent`;
    case 'UNKNOWN':
      return html`<span class="alarm">sent or not</span> ${foreign(delivery.cause ?? 'no answer came')}`;
    case 'DROPPED':
      return html`<span class="alarm">dropped</span> ${foreign(delivery.cause ?? 'no cause was told')}`;
    default:
      return unreachable(delivery.state);
  }
}

async function subjectIn(view: OperatorView, mail: MailOnDisk): Promise<string | null> {
  if (mail.subject !== undefined) return mail.subject;
  const bytes = await view.mailBytes(mail.id);
  return bytes === null ? null : subjectOf(bytes);
}
