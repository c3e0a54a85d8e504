/**
 * One hop to a publisher. The only module of the product that opens sockets to publishers, so the only place where the
 * address that is really connected to can be judged: names are judged by what they resolve to at that moment.
 */
import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { limits } from '../limits.ts';
import { SECOND } from '../time.ts';
import type { Clock, Http, HttpAnswer, HttpRequest } from '../world.ts';
import { isPublicAddress } from './address.ts';
import { readBody } from './body.ts';
import { failed, failureOf, Refused } from './failure.ts';
import { privateNetwork, targetOf } from './target.ts';

/**
 * @param allow `host:port` pairs that may be reached although they are not public
 * @returns `close` hangs up everywhere. From then on `get` throws, also the one that waits for an answer: what was given up
 *   here says nothing about the publisher, and must not be kept as a failure of theirs.
 */
export function createHttp(options: { readonly allow: readonly string[]; readonly clock: Clock }): Http & {
  close(): void;
} {
  const keepAlive = { keepAlive: true, timeout: limits.idleConnectionSeconds * SECOND };
  const plain = new http.Agent(keepAlive);
  // Node 24's default key share sends 2.3 kB in each handshake, this one 1.06 kB.
  const secure = new https.Agent({ ...keepAlive, ecdhCurve: 'X25519:P-256', maxCachedSessions: 0 });
  let open = true;
  const mustBeOpen = (): void => {
    if (!open) throw new Error('the look was given up: this host is stopping');
  };

  return {
    async get(request) {
      mustBeOpen();
      const target = targetOf(request.url, options.allow);
      if (target.kind === 'refused') return failed('refused', target.detail);
      const waitMs = request.deadlineAt - options.clock.now();
      if (waitMs <= 0) return failed('timeout', 'The time was up before the server was asked.');
      const send = async (): Promise<HttpAnswer | 'stale'> => {
        const agent = target.url.protocol === 'https:' ? secure : plain;
        const answer = await hop(target.url, target.exempt, request, waitMs, agent);
        mustBeOpen();
        return answer;
      };
      const answer = await send();
      if (answer !== 'stale') return answer;
      const again = await send();
      return again === 'stale' ? failed('unreachable', 'The server closed the connection.') : again;
    },
    close() {
      open = false;
      plain.destroy(); // its sockets in use, too
      secure.destroy();
    },
  };
}

/** 'stale': a kept connection was closed by the server at the very moment that it was used again (RFC 9112, 9.3.1). */
function hop(
  url: URL,
  exempt: boolean,
  { headers }: HttpRequest,
  waitMs: number,
  agent: http.Agent,
): Promise<HttpAnswer | 'stale'> {
  return new Promise((resolve) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      agent,
      headers: { ...headers, 'accept-encoding': 'gzip' },
      maxHeaderSize: limits.headerBytesMax,
      ...(exempt ? {} : { lookup: publicLookup }),
    });
    const settle = (answer: HttpAnswer | 'stale'): void => {
      clearTimeout(timer);
      resolve(answer);
      if (answer === 'stale' || answer.kind === 'failed') request.destroy();
    };
    // One timer for everything: an idle timer would wait for ever for a body that drips.
    const timer = setTimeout(
      () => settle(failed('timeout', 'No complete answer within the time for one look.')),
      waitMs,
    );

    request.on('socket', (socket) => {
      if (exempt) return;
      // Node asks no lookup for an IP literal; whatever the way here, this is where the bytes would go.
      const judge = (): void => {
        if (!isPublicAddress(socket.remoteAddress ?? '')) socket.destroy(new Refused(privateNetwork));
      };
      if (socket.connecting) socket.once('connect', judge);
      else judge();
    });
    request.on('error', (fault) => {
      const stale = request.reusedSocket && 'code' in fault && fault.code === 'ECONNRESET';
      settle(stale ? 'stale' : failureOf(fault));
    });
    request.on('upgrade', () => settle(failed('protocol', 'The server changed the protocol.')));
    request.on('response', (response) => {
      readBody(response).then(
        (body) =>
          settle(
            body.kind === 'failed'
              ? body
              : { kind: 'answer', status: response.statusCode ?? 0, headers: firstHeaders(response), body: body.bytes },
          ),
        (fault: Error) => settle(failureOf(fault)),
      );
    });
    request.end();
  });
}

/** Only public addresses of a name; when it has none, none. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  dns.lookup(hostname, { ...options, all: true }, (fault, addresses) => {
    if (fault !== null) {
      callback(fault, '');
      return;
    }
    const open = addresses.filter(({ address }) => isPublicAddress(address));
    const [first] = open;
    if (first === undefined) callback(new Refused(privateNetwork), '');
    else if (options.all) callback(null, open);
    else callback(null, first.address, first.family);
  });
};

/** Of repeated headers the first, which Node's own view joins or drops as it sees fit. */
function firstHeaders({ rawHeaders }: http.IncomingMessage): Readonly<Record<string, string>> {
  const headers: Record<string, string> = Object.create(null);
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) headers[rawHeaders[at]!.toLowerCase()] ??= rawHeaders[at + 1]!;
  return headers;
}
