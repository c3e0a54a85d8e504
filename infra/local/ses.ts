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

export interface Refusal {
  /** Of SES: `MessageRejected`, `Throttling`, … */
  readonly code: string;
  readonly message: string;
}

export interface SesOptions {
  readonly folder: string;
  readonly clock: () => Instant;
  /** Addresses and domains that may send; everyone when left out. */
  readonly verified?: readonly string[];
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
  const server = createServer(async (request, response) => {
    const answer = await answerTo(request, outbox, options);
    if (answer.mail) options.onSent?.(answer.mail);
    response.writeHead(answer.status, { 'content-type': 'text/xml', ...(answer.hangUp && { connection: 'close' }) });
    response.end(answer.xml);
  });
  const { url, close } = await listenOnLoopback(server, 0);
  return { endpoint: url, sent: outbox.stored, close };
}

interface Answer {
  readonly status: number;
  readonly xml: string;
  readonly mail?: StoredMail;
  readonly hangUp?: boolean;
}

async function answerTo(request: IncomingMessage, outbox: Outbox, options: SesOptions): Promise<Answer> {
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
  const refused = rulesOf(envelope, raw, options.verified) ?? options.refuse?.(envelope) ?? null;
  if (refused) return refusal(refused);
  try {
    const mail = await outbox.store(envelope, raw, options.clock());
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

function rulesOf(envelope: Envelope, raw: Uint8Array, verified: readonly string[] | undefined): Refusal | null {
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
  if (verified === undefined || verified.some((identity) => covers(identity, envelope.source))) return null;
  return {
    code: 'MessageRejected',
    message: `Email address is not verified. The following identities failed the check in this region: ${envelope.source}`,
  };
}

/** @param identity an address or a domain */
function covers(identity: string, source: string): boolean {
  const address = (/<([^<>]+)>\s*$/.exec(source)?.[1] ?? source).toLowerCase();
  return address === identity.toLowerCase() || address.endsWith(`@${identity.toLowerCase()}`);
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
