/**
 * SES on this machine: takes SendRawEmail of the v1 Query protocol (a form in, XML out) and keeps each message as a file.
 * It sends nothing. Refusals are those of SES, so that the SDK raises the same typed errors:
 * https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html
 */
import { createServer, type IncomingMessage } from 'node:http';
import { limits } from '../../shared/limits.ts';
import type { Instant } from '../../shared/time.ts';
import { diskProblem } from './host-problem.ts';
import { listenOnLoopback } from './loopback.ts';
import { type Envelope, type Outbox, openOutbox, type StoredMail } from './outbox.ts';
import { type Refusal, type SesAccountOptions, sesAccount } from './ses-account.ts';

export interface SesOptions extends SesAccountOptions {
  readonly folder: string;
  readonly clock: () => Instant;
  /** Asked before a mail is stored. */
  readonly refuse?: (mail: Envelope) => Refusal | null;
  /** Told before the sender has its answer. Must not throw. */
  readonly onSent?: (mail: StoredMail) => void;
}

export interface EmbeddedSes {
  readonly endpoint: string;
  /** All that was ever accepted here, oldest first. */
  sent(): readonly StoredMail[];
  close(): Promise<void>;
}

/** @throws HostProblem when the folder cannot be used */
export async function startSes(options: SesOptions): Promise<EmbeddedSes> {
  const outbox = await openOutbox(options.folder).catch((fault: unknown) => {
    throw diskProblem(`The mailbox ${options.folder} cannot be used`, fault);
  });
  const account = sesAccount(options);
  const refuse: SesRules = (envelope) => options.refuse?.(envelope) ?? account(envelope, options.clock());
  const server = createServer(async (request, response) => {
    const answer = await answerTo(request, outbox, refuse, options.clock);
    if (answer.mail) options.onSent?.(answer.mail);
    response.writeHead(answer.status, { 'content-type': 'text/xml', ...(answer.hangUp && { connection: 'close' }) });
    response.end(answer.xml);
  });
  const { url, close } = await listenOnLoopback(server, 0);
  return { endpoint: url, sent: outbox.stored, close };
}

type SesRules = (envelope: Envelope) => Refusal | null;

interface Answer {
  readonly status: number;
  readonly xml: string;
  readonly mail?: StoredMail;
  readonly hangUp?: boolean;
}

async function answerTo(
  request: IncomingMessage,
  outbox: Outbox,
  refuse: SesRules,
  clock: SesOptions['clock'],
): Promise<Answer> {
  const body = await bodyOf(request).catch(() => null);
  if (body === null) {
    return { ...refusal({ code: 'RequestEntityTooLarge', message: 'The request is too large.' }, 413), hangUp: true };
  }
  const form = new URLSearchParams(body);
  const action = form.get('Action');
  if (action !== 'SendRawEmail') {
    return refusal({ code: 'InvalidAction', message: `The action ${action} is not valid for this web service.` });
  }
  const envelope = envelopeOf(form);
  const raw = Buffer.from(form.get('RawMessage.Data') ?? '', 'base64');
  const refused = formRefusal(envelope, raw) ?? refuse(envelope);
  if (refused) return refusal(refused);
  try {
    const mail = await outbox.store(envelope, raw, clock());
    return { status: 200, xml: accepted(mail.messageId), mail };
  } catch (fault) {
    // SES names no such fault; a disk that is full is, to the sender, a mailer that is down.
    return refusal({ code: 'ServiceUnavailable', message: diskProblem('The mail was not stored', fault).message }, 503);
  }
}

/** Null when it is over the cap, of which no more is held. The stream stays open, so that the refusal can be said. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limits.mailRequestBytesMax) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('latin1');
}

function envelopeOf(form: URLSearchParams): Envelope {
  const tags: Record<string, string> = {};
  for (let n = 1; form.has(`Tags.member.${n}.Name`); n += 1) {
    tags[form.get(`Tags.member.${n}.Name`) ?? ''] = form.get(`Tags.member.${n}.Value`) ?? '';
  }
  const destinations: string[] = [];
  for (let n = 1; form.has(`Destinations.member.${n}`); n += 1) {
    destinations.push(form.get(`Destinations.member.${n}`) ?? '');
  }
  return { source: form.get('Source') ?? '', destinations, tags, configurationSet: form.get('ConfigurationSetName') };
}

/** What SES refuses of anybody. */
function formRefusal(envelope: Envelope, raw: Uint8Array): Refusal | null {
  const invalid = (message: string) => ({ code: 'InvalidParameterValue', message });
  if (raw.length === 0) return invalid('The message is empty.');
  if (raw.length > limits.rawMailBytesMax) {
    return invalid(`Message length is more than ${limits.rawMailBytesMax} bytes long: '${raw.length}'.`);
  }
  // SES would read both from the headers; Watchword always says them.
  if (envelope.source === '') return invalid('The mail names no source.');
  if (envelope.destinations.length === 0) return invalid('The mail names no destination.');
  if (envelope.destinations.length > limits.recipientsPerMailMax) {
    return invalid(`Recipient count exceeds ${limits.recipientsPerMailMax}.`);
  }
  return null;
}

const namespace = 'http://ses.amazonaws.com/doc/2010-12-01/';

function accepted(messageId: string): string {
  return `<SendRawEmailResponse xmlns="${namespace}"><SendRawEmailResult><MessageId>${xmlText(messageId)}</MessageId></SendRawEmailResult></SendRawEmailResponse>`;
}

function refusal({ code, message }: Refusal, status = 400): Answer {
  const type = status < 500 ? 'Sender' : 'Receiver';
  const xml = `<ErrorResponse xmlns="${namespace}"><Error><Type>${type}</Type><Code>${xmlText(code)}</Code><Message>${xmlText(message)}</Message></Error></ErrorResponse>`;
  return { status, xml };
}

/** Escaped, and without the control characters that XML cannot carry. */
function xmlText(text: string): string {
  const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
  return text.replace(/[&<>]/g, (char) => escapes[char] ?? '').replace(/\p{Cc}/gu, ' ');
}
