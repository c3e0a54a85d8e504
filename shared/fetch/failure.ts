/** What went wrong on the wire, in the words of `HttpFailure` and in a sentence for people. */
import type { HttpAnswer, HttpFailure } from '../world.ts';

export type FailedHop = Extract<HttpAnswer, { kind: 'failed' }>;

export function failed(why: HttpFailure, detail: string): FailedHop {
  return { kind: 'failed', why, detail };
}

/** The address that a name led to may not be reached. */
export class Refused extends Error {}

/** What an error of a socket, of TLS or of Node's HTTP parser means. None of Node's own words get through. */
export function failureOf(fault: Error): FailedHop {
  if (fault instanceof Refused) return failed('refused', fault.message);
  const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : '';
  if (code === 'HPE_HEADER_OVERFLOW') return failed('too large', 'The headers of the answer are too large.');
  if (code.startsWith('HPE_')) return failed('protocol', 'The answer is not valid HTTP.');
  if (tlsCodes.test(code)) return failed('tls', tlsSentences.get(code) ?? 'No secure connection could be made.');
  return failed('unreachable', sentences.get(code) ?? 'The server could not be reached.');
}

const tlsCodes =
  /^(ERR_TLS_|ERR_SSL_|CERT_|EPROTO$|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH$|INVALID_CA$)/;

const tlsSentences: ReadonlyMap<string, string> = new Map([
  ['CERT_HAS_EXPIRED', "The server's certificate has expired."],
  ['ERR_TLS_CERT_ALTNAME_INVALID', "The server's certificate is for another name."],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', "The server's certificate is not signed by a known authority."],
  ['SELF_SIGNED_CERT_IN_CHAIN', "The server's certificate is not signed by a known authority."],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', "The server's certificate is not signed by a known authority."],
]);

const sentences: ReadonlyMap<string, string> = new Map([
  ['ENOTFOUND', 'No server has this name.'],
  ['EAI_AGAIN', 'The name of the server could not be looked up.'],
  ['ECONNREFUSED', 'The server refused the connection.'],
  ['ECONNRESET', 'The server closed the connection.'],
  ['EPIPE', 'The server closed the connection.'],
  ['ETIMEDOUT', 'The server did not answer.'],
  ['EHOSTUNREACH', 'The server could not be reached.'],
  ['ENETUNREACH', 'The server could not be reached.'],
]);
