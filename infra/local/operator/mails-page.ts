/** The mail that this machine keeps: the list, and one mail as its reader would see it. */
import { html } from 'hono/html';
import { maskedAddress } from '../../../shared/delivery/consent.ts';
import { count } from '../../../shared/digest/coverage-lines.ts';
import { limits } from '../../../shared/limits.ts';
import { foreign, frame, type Html, more, table } from './frame.ts';
import { fateWords, mailTable, newestMails } from './mail-list.ts';
import { type FollowedMail, followedMails, type MailState, mailStates } from './mail-states.ts';
import { type Moments, momentsIn } from './moments.ts';
import type { MailOnDisk, OperatorView } from './operator-view.ts';
import { readMessage, type StoredMessage } from './stored-message.ts';

/** @param wanted a state to list alone, as the address has it; what is no state lists all mails that are kept */
export async function mailsPage(view: OperatorView, wanted: string | undefined): Promise<Html> {
  const moments = momentsIn(view.config.deliver.zone, view.clock.now());
  const state = mailStates.find((each) => each === wanted) ?? null;
  const followed = await followedMails(view);
  const counts = Map.groupBy(followed, (mail) => mail.state);
  const link = (text: string, href: string, isHere: boolean) =>
    html`<li><a href="${href}"${isHere ? html` aria-current="true"` : html``}>${text}</a></li>`;
  return frame(
    '/mails',
    'Mails',
    html`<h1>Mails</h1>
<nav class="switches" aria-label="Mails by state"><ul>
${link('All that are kept', '/mails', state === null)}
${mailStates.map((each) => link(`${each} ${counts.get(each)?.length ?? 0}`, `/mails?state=${each}`, each === state))}
</ul></nav>
${state === null ? await keptMails(view, moments) : mailsIn(view, state, counts.get(state) ?? [], moments)}`,
  );
}

async function keptMails(view: OperatorView, moments: Moments): Promise<Html> {
  const total = view.mails().length;
  if (total === 0) {
    return html`<p>No mail is kept here yet. The first comes with the next issue of a digest; the <a href="/">overview</a> says when that is. Where <code>SMTP_URL</code> is set, mail is sent and not kept.</p>`;
  }
  const shown = newestMails(view, limits.operatorRowsMax);
  return html`<p>${count(total, 'mail')}, kept as files on this machine.</p>
${await mailTable(view, shown, `The newest first. Times in ${view.config.deliver.zone}.`, moments)}
${more(total, shown.length)}`;
}

/** What each state means, for who sees it first. */
const meanings: Readonly<Record<MailState, string>> = {
  waiting: 'to be sent, or being sent',
  sent: 'taken by the mailer',
  unknown: 'sent or not: the answer was lost, and word of it is waited for',
  dropped: 'not sent, with the cause',
  bounced: 'sent to readers whose mailbox has refused mail since; they are left alone',
  complained: 'sent to readers who have called mail of ours spam since; they are left alone',
};

function mailsIn(view: OperatorView, state: MailState, mails: readonly FollowedMail[], moments: Moments): Html {
  const sentence = `${count(mails.length, 'mail')} of the newest issues: ${meanings[state]}.`;
  if (mails.length === 0) return html`<p>${sentence}</p>`;
  const kept = new Map(view.mails().map((mail) => [`${mail.tags.issue} ${mail.tags.subscriber}`, mail.id]));
  const shown = mails.slice(0, limits.operatorRowsMax);
  const rows = shown.map(({ delivery, issue, edition, address }) => {
    const name = view.config.digests.find(({ id }) => id === issue.digest)?.name ?? issue.digest;
    const id = kept.get(`${delivery.issue} ${delivery.subscriber}`);
    return [
      html`<a href="/issues/${edition}/${issue.number}">${foreign(`${name}, No. ${issue.number}`)}</a>`,
      foreign(address === null ? 'erased' : maskedAddress(address)),
      moments.at(delivery.since),
      id === undefined ? 'none' : html`<a href="/mails/${encodeURIComponent(id)}">Show</a>`,
      foreign(delivery.cause ?? '–'),
    ];
  });
  return html`<p>${sentence}</p>
${table(`Newest issue first. Times in ${view.config.deliver.zone}.`, ['Issue', 'Reader', 'Since', 'Kept mail', 'Cause'], rows)}
${more(mails.length, shown.length)}`;
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
<dt>Delivery</dt><dd>${await fateWords(view, mail)}</dd>
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
