/** The mail that this machine keeps: the list, and one mail as its reader would see it. */
import { html } from 'hono/html';
import { count } from '../../../shared/digest/coverage-lines.ts';
import { limits } from '../../../shared/limits.ts';
import { foreign, frame, type Html, more } from './frame.ts';
import { deliveryFor, deliveryWords, mailTable, newestMails } from './mail-list.ts';
import { momentsIn } from './moments.ts';
import type { MailOnDisk, OperatorView } from './operator-view.ts';
import { readMessage, type StoredMessage } from './stored-message.ts';

export async function mailsPage(view: OperatorView): Promise<Html> {
  const total = view.mails().length;
  const shown = newestMails(view, limits.operatorRowsMax);
  const { zone } = view.config.deliver;
  const content =
    total === 0
      ? html`<p>No mail is kept here yet. The first comes with the next issue of a digest; the <a href="/">overview</a> says when that is. Where <code>SMTP_URL</code> is set, mail is sent and not kept.</p>`
      : html`<p>${count(total, 'mail')}, kept as files on this machine.</p>
${await mailTable(view, shown, `The newest first. Times in ${zone}.`, momentsIn(zone, view.clock.now()))}
${more(total, shown.length)}`;
  return frame('/mails', 'Mails', html`<h1>Mails</h1>${content}`);
}

/** @param bytes null when the file is gone */
export async function mailPage(view: OperatorView, mail: MailOnDisk, bytes: Uint8Array | null): Promise<Html> {
  const message = bytes === null ? null : await readMessage(bytes);
  const moments = momentsIn(view.config.deliver.zone, view.clock.now());
  const subject = message?.subject ?? mail.subject ?? 'Without a subject';
  const own = `/mails/${encodeURIComponent(mail.id)}`;
  return frame(
    '/mails',
    subject,
    html`<h1>${foreign(subject, limits.mailTitleCharsMax)}</h1>
<dl class="pairs">
<dt>Reader</dt><dd>${foreign(mail.to.join(', '))}</dd>
<dt>Stored</dt><dd>${moments.at(mail.at)}</dd>
<dt>Delivery</dt><dd>${deliveryWords(await deliveryFor(view, mail))}</dd>
<dt>File</dt><dd><code>${mail.path}</code></dd>
${bytes === null ? '' : html`<dt>Source</dt><dd><a href="${own}.eml">Show</a> · <a href="${own}.eml?download">Download</a></dd>`}
</dl>
${content(message, own, bytes === null)}`,
  );
}

function content(message: StoredMessage | null, own: string, gone: boolean): Html {
  if (gone) return html`<p class="alarm">The file of this mail is gone.</p>`;
  if (message === null) return html`<p class="alarm">This file cannot be read as a mail. Its source may tell why.</p>`;
  const { headers, text } = message;
  const shown = headers.slice(0, limits.operatorRowsMax);
  return html`<details><summary>${count(headers.length, 'header')}</summary>
<dl class="pairs">${shown.map(
    ({ name, value }) =>
      html`<dt>${foreign(name)}</dt><dd><code>${foreign(value, limits.mailHeaderShownCharsMax)}</code></dd>`,
  )}</dl>
${more(headers.length, shown.length)}</details>
<h2 id="html">HTML part</h2>
${
  message.html === null
    ? html`<p>This mail has none.</p>`
    : html`<p class="quiet">Shown without pictures and scripts; links do not work in here. <a href="${own}/html">Open it alone</a></p>
<iframe sandbox src="${own}/html" title="HTML part of the mail"></iframe>`
}
<h2 id="text">Text part</h2>
${text === null ? html`<p>This mail has none.</p>` : html`<pre dir="auto">${text.slice(0, limits.mailTextShownCharsMax)}</pre>`}
${text !== null && text.length > limits.mailTextShownCharsMax ? html`<p class="quiet">The rest is in the source.</p>` : ''}`;
}
