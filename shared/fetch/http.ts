/**
 * One hop to a publisher. The only module of the product that opens sockets to publishers, so the only place where the
 * address that is really connected to can be judged (`line.ts`), and where manners at a host are kept (`pace.ts`).
 */
import dns from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { limits } from '../limits.ts';
import { SECOND } from '../time.ts';
import type { Clock, GroupedHttp, HttpAnswer, HttpRequest } from '../world.ts';
import { isAddress } from './address.ts';
import { readAnswer } from './answer.ts';
import { failed, failureOf } from './failure.ts';
import { openLine } from './line.ts';
import type { Network } from './network.ts';
import { createPace } from './pace.ts';
import { type Target, targetOf } from './target.ts';

export interface GateOptions {
  /** `host:port` pairs that may be reached although they are not public. */
  readonly allow: readonly string[];
  /** Where this installation's own pages are; they are no feed. */
  readonly own?: string;
  readonly clock: Clock;
  readonly network?: Network;
}

type Reachable = Extract<Target, { kind: 'target' }>;
/** Connections that are kept, and how many requests are using them now. */
interface Pool {
  readonly plain: http.Agent;
  readonly secure: http.Agent;
  underWay: number;
}

/**
 * @returns `close` hangs up everywhere. From then on `get` throws, also the one that waits for an answer: what was given up
 *   here says nothing about the publisher, and must not be kept as a failure of theirs.
 */
export function createHttp({ allow, own, clock, network = internet() }: GateOptions): GroupedHttp & { close(): void } {
  const pace = createPace(() => clock.now());
  const pools = new Map<string, Pool>();
  const underWay = new Set<AbortController>();
  let secureContext: tls.SecureContext | null = null;
  let open = true;
  const mustBeOpen = (): void => {
    if (!open) throw new Error('the look was given up: this host is stopping');
  };

  async function hop(target: Reachable, request: HttpRequest, pool: Pool): Promise<HttpAnswer | 'stale'> {
    const giveUp = new AbortController();
    underWay.add(giveUp);
    // One timer for everything: an idle timer would wait for ever for a body that drips.
    const overdue = setTimeout(() => giveUp.abort(late), request.deadlineAt - clock.now());
    try {
      const agent = target.url.protocol === 'https:' ? pool.secure : pool.plain;
      const line = async (): Promise<Duplex> => {
        const socket = await openLine(network, target, giveUp.signal);
        if (target.url.protocol === 'http:') return socket;
        secureContext ??= secureContextOf(network);
        return secured(socket, target, secureContext);
      };
      return await exchange(target.url, request, agent, giveUp, line);
    } finally {
      clearTimeout(overdue);
      underWay.delete(giveUp);
    }
  }

  return {
    async get(request) {
      mustBeOpen();
      const target = targetOf(request.url, { allow, own });
      if (target.kind === 'refused') return failed('refused', target.detail);
      if (request.deadlineAt <= clock.now()) return failed('timeout', 'The time was up before the server was asked.');
      const endTurn = await pace.turnAt(target.url.host, target.exempt ? 0 : limits.hostGapMs, request.deadlineAt);
      const pool = poolOf(pools, request.group);
      pool.underWay += 1;
      try {
        mustBeOpen();
        let answer = await hop(target, request, pool);
        mustBeOpen();
        if (answer === 'stale') answer = await hop(target, request, pool);
        mustBeOpen();
        return answer === 'stale' ? failed('unreachable', 'The server closed the connection.') : answer;
      } finally {
        pool.underWay -= 1;
        endTurn();
      }
    },
    async hangUp(group) {
      const pool = pools.get(group);
      // A message that came twice is worked on twice: who is last hangs up.
      if (pool === undefined || pool.underWay > 0) return;
      hangUp(pool);
      pools.delete(group);
    },
    close() {
      open = false;
      for (const look of underWay) look.abort();
      for (const pool of pools.values()) hangUp(pool);
    },
  };
}

const late = failed('timeout', 'No complete answer within the time for one look.');

/** 'stale': a kept connection was closed by the server at the very moment that it was used again (RFC 9112, 9.3.1). */
function exchange(
  url: URL,
  { headers }: HttpRequest,
  agent: http.Agent,
  giveUp: AbortController,
  line: () => Promise<Duplex>,
): Promise<HttpAnswer | 'stale'> {
  return new Promise((resolve) => {
    const request = http.request(url, {
      agent,
      headers: { ...headers, 'accept-encoding': 'gzip' },
      maxHeaderSize: limits.headerBytesMax,
      line,
    } as http.RequestOptions & LineOption);
    const settle = (answer: HttpAnswer | 'stale'): void => {
      resolve(answer);
      if (answer === 'stale' || answer.kind === 'failed') request.destroy();
    };
    giveUp.signal.addEventListener('abort', () => settle(giveUp.signal.reason === late ? late : givenUp));
    request.on('error', (fault) => {
      const stale = request.reusedSocket && 'code' in fault && fault.code === 'ECONNRESET';
      settle(stale ? 'stale' : failureOf(fault));
    });
    request.on('upgrade', (_, socket) => {
      socket.destroy();
      settle(failed('protocol', 'The server changed the protocol.'));
    });
    request.on('response', (response) => void readAnswer(response).then(settle));
    request.end();
  });
}

/** Never told to anybody: who closes makes a fault of it. */
const givenUp = failed('unreachable', 'The look was given up.');

/** Without a group nothing is kept. */
function poolOf(pools: Map<string, Pool>, group: string | undefined): Pool {
  const kept = group === undefined ? undefined : pools.get(group);
  if (kept !== undefined) return kept;
  const options = { keepAlive: group !== undefined, timeout: limits.idleConnectionSeconds * SECOND };
  const createConnection: http.Agent['createConnection'] = (given, callback) => {
    (given as LineOption).line().then(
      (line) => callback?.(null, line),
      (fault: Error) => (callback as ((fault: Error) => void) | undefined)?.(fault),
    );
    return undefined;
  };
  const pool = {
    plain: Object.assign(new http.Agent(options), { createConnection }),
    secure: Object.assign(new https.Agent(options), { createConnection }),
    underWay: 0,
  };
  if (group !== undefined) pools.set(group, pool);
  return pool;
}

/** How the agent comes to a new connection; travels in the options of the request, as all that an agent knows of it. */
interface LineOption {
  readonly line: () => Promise<Duplex>;
}

function hangUp({ plain, secure }: Pool): void {
  plain.destroy(); // its sockets in use, too
  secure.destroy();
}

/** Made once, when it is needed: reading all the authorities that are believed takes a tenth of a second. */
function secureContextOf({ authorities }: Network): tls.SecureContext {
  return tls.createSecureContext({
    // Node 24's default key share sends 2.3 kB in each handshake, this one 1.06 kB.
    ecdhCurve: 'X25519:P-256',
    ...(authorities === undefined ? {} : { ca: [...authorities] }),
  });
}

function secured(socket: net.Socket, { url }: Reachable, secureContext: tls.SecureContext): tls.TLSSocket {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return tls.connect({
    socket,
    secureContext,
    // An address has no name to send ahead (RFC 6066, section 3); the certificate must be for it all the same.
    ...(isAddress(host) ? { host } : { servername: host }),
    ALPNProtocols: ['http/1.1'],
  });
}

/**
 * Asks the resolver itself: the system's look-up has four threads, which four dead names hold up for all others. One
 * resolver a question, because each keeps the servers that it found when it was made, and a laptop moves.
 *
 * @param nameServers asked in place of those of this machine
 */
export function internet(nameServers?: readonly string[]): Network {
  return {
    async addressesOf(name, family, exempt) {
      if (exempt) return (await dns.lookup(name, { all: true, family })).map(({ address }) => address);
      const waitMs = limits.nameSecondsMax * SECOND;
      const resolver = new dns.Resolver({ timeout: waitMs, maxTimeout: waitMs, tries: limits.nameAttemptsMax });
      if (nameServers !== undefined) resolver.setServers(nameServers);
      return family === 4 ? resolver.resolve4(name) : resolver.resolve6(name);
    },
    connect: (host, port) => net.connect({ host, port }),
  };
}
