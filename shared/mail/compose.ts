/**
 * A mail as the bytes that are sent: text and HTML, with the headers that bulk mail needs (RFC 8058, RFC 2919, RFC 3834).
 * The only importer of the MIME composer. The same arguments give the same bytes.
 */
import MailComposer from 'nodemailer/lib/mail-composer';
import { encodeWord } from 'nodemailer/lib/mime-funcs';
import { assert } from '../assert.ts';
import { limits } from '../limits.ts';
import type { Instant } from '../time.ts';

/** What all mails have. */
interface Mail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly date: Instant;
}

/**
 * An issue, for one reader.
 *
 * @param mail.from an address, or `Name <address>`
 * @param mail.to one bare address
 * @param mail.subject one line; control characters become spaces
 * @param mail.unsubscribeUrl answers the one-click POST of RFC 8058
 * @param mail.issueId with `deliveryId`: letters, digits, `-` and `_`
 * @param mail.deliveryId makes Message-ID and boundary, so a mail that is composed again is the same mail
 * @param mail.date of the Date header
 * @returns the whole message, CRLF lines
 * @throws when an address is not one address, or an id or link is not what it must be: a bug of the caller's
 */
export async function composeMail(
  mail: Mail & { readonly unsubscribeUrl: string; readonly issueId: string; readonly deliveryId: string },
): Promise<Uint8Array> {
  const { unsubscribeUrl, issueId, deliveryId } = mail;
  assert(ID.test(issueId), 'the id of an issue is of letters, digits, - and _');
  assert(
    /^https?:\/\/[!-;=?-~]+$/.test(unsubscribeUrl),
    'an unsubscribe link is an http(s) address of printable ASCII',
  );
  assert(unsubscribeUrl.length <= limits.ownUrlCharsMax, 'an unsubscribe link fits into a header line');
  return compose(mail, deliveryId, {
    // Not folded: some receivers look for the link on the header's own line.
    'List-Unsubscribe': { prepared: true, value: `<${unsubscribeUrl}>` },
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    'List-Id': `<watchword.${domainOf(mail.from)}>`,
    'X-Watchword-Issue': issueId,
  });
}

/**
 * A letter: no bulk mail, so nothing to unsubscribe from. Otherwise as {@link composeMail}.
 *
 * @param mail.letterId makes Message-ID and boundary: letters, digits, `-` and `_`
 */
export async function composeLetter(mail: Mail & { readonly letterId: string }): Promise<Uint8Array> {
  return compose(mail, mail.letterId, { 'X-Watchword-Letter': mail.letterId });
}

async function compose(
  mail: Mail,
  id: string,
  headers: Readonly<Record<string, string | { readonly prepared: true; readonly value: string }>>,
): Promise<Uint8Array> {
  assert(ADDRESS.test(mail.to), 'a mail goes to one bare address');
  assert(!CONTROL.test(mail.from), 'the sender is one line');
  assert(ID.test(id), 'the id of a mail is of letters, digits, - and _');
  const composer = new MailComposer({
    from: mail.from,
    to: { name: '', address: mail.to },
    date: new Date(mail.date),
    messageId: `<${id}@${domainOf(mail.from)}>`,
    text: { content: mail.text, contentTransferEncoding: encodingFor(mail.text) },
    html: { content: mail.html, contentTransferEncoding: encodingFor(mail.html) },
    textEncoding: 'B',
    // Neither base64 nor quoted-printable can write `=_`, so no text holds the boundary (RFC 2045, 6.7).
    boundaryPrefix: '=_',
    baseBoundary: id,
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
    headers: { Subject: subjectOf(mail), 'Auto-Submitted': 'auto-generated', ...headers },
  });
  const raw = await composer.compile().build();
  assertSendable(raw, Object.keys(headers));
  return raw;
}

/** A headline may look like an encoded word (RFC 2047), which mail programs would decode: encoded once more it is read as written. */
function subjectOf(mail: Mail): string | { readonly prepared: true; readonly foldLines: true; readonly value: string } {
  const subject = mail.subject.replace(CONTROLS, ' ');
  if (!subject.includes('=?')) return subject;
  return { prepared: true, foldLines: true, value: encodeWord(subject, 'B', ENCODED_WORD_CHARS_MAX) };
}

/** RFC 2047, 2: 75, less what the first line has before it. */
const ENCODED_WORD_CHARS_MAX = 52;

const ADDRESS = /^[^\s@<>,;:"()[\]\\\p{Cc}]+@[^\s@<>,;:"()[\]\\\p{Cc}]+$/u;
const ID = /^[\w-]+$/;
const CONTROL = /\p{Cc}/u;
const CONTROLS = /\p{Cc}+/gu;
const HEADERS = ['from', 'to', 'subject', 'date', 'message-id', 'mime-version', 'content-type', 'auto-submitted'];

/** The bytes themselves are asked, so no way of text into a header is overlooked. */
function assertSendable(raw: Buffer, own: readonly string[]): void {
  const message = raw.toString('latin1');
  assert(!/(?<!\r)\n|\r(?!\n)/.test(message), 'every line of a mail ends in CRLF');
  const head = message
    .slice(0, message.indexOf('\r\n\r\n'))
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const names = head.map((line) => line.slice(0, line.indexOf(':')).toLowerCase()).sort();
  const expected = [...HEADERS, ...own.map((name) => name.toLowerCase())].sort();
  assert(names.join() === expected.join(), 'a mail has exactly its own headers, each once');
  const to = head.find((line) => /^to:/i.test(line)) ?? '';
  assert(to.split('@').length === 2 && !/[,;]/.test(to), 'a mail has one recipient');
}

function domainOf(from: string): string {
  const domain = /@([A-Za-z0-9.-]+)>?\s*$/.exec(from)?.[1];
  assert(domain !== undefined, 'the sender has an address');
  return domain;
}

/** The shorter: quoted-printable writes every byte beyond ASCII, and every `=`, as three. */
function encodingFor(content: string): 'quoted-printable' | 'base64' {
  const bytes = Buffer.from(content);
  const quoted = bytes.reduce((sum, byte) => sum + (byte > 126 || byte === 61 ? 3 : 1), 0);
  return quoted < bytes.length * (4 / 3) ? 'quoted-printable' : 'base64';
}
