/**
 * A line to a host: looked up, judged, connected, and judged again by where it really leads; nothing is said on it before.
 * What its name meant when the URL was read counts for nothing: an attacker's name means something else a second later.
 */
import type { Socket } from 'node:net';
import { limits } from '../limits.ts';
import { SECOND } from '../time.ts';
import { isAddress, isPublicAddress } from './address.ts';
import { Refused } from './failure.ts';
import type { Network } from './network.ts';
import { privateNetwork, type Target } from './target.ts';

/**
 * Connects to a target, by IPv4 where there is one: a function on AWS has nothing else. A dead address is given up after
 * some seconds for the next one.
 *
 * @throws Refused when the target has only addresses that may not be reached; else the first fault on the way
 */
export async function openLine(
  network: Network,
  { url, exempt }: Extract<Target, { kind: 'target' }>,
  signal: AbortSignal,
): Promise<Socket> {
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const faults: unknown[] = [];
  const noted = (fault: unknown): null => {
    faults.push(fault);
    return null;
  };
  for (const family of [4, 6] as const) {
    const addresses = await addressesOf(network, url.hostname, family, exempt);
    const open = addresses.filter((address) => exempt || isPublicAddress(address));
    if (open.length < addresses.length) noted(new Refused(privateNetwork));
    for (const address of open.slice(0, limits.addressesTriedMax)) {
      signal.throwIfAborted();
      const socket = await connected(network.connect(address, port), signal).catch(noted);
      if (socket !== null) return judged(socket, exempt);
    }
    signal.throwIfAborted();
  }
  throw faults[0] ?? withCode('ENOTFOUND', 'the name has no address');
}

/** A host that is an address means itself and is never looked up. A name that has none of this family may have others. */
async function addressesOf(network: Network, host: string, family: 4 | 6, exempt: boolean): Promise<readonly string[]> {
  const bare = host.replace(/^\[|\]$/g, '');
  if (isAddress(bare)) return (family === 6) === bare.includes(':') ? [bare] : [];
  try {
    return await network.addressesOf(bare, family, exempt);
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && (fault.code === 'ENOTFOUND' || fault.code === 'ENODATA'))
      return [];
    // Among others "refused", by which a name server is meant, not the publisher.
    throw withCode('EAI_AGAIN', 'nobody could say what the name means', fault);
  }
}

function connected(socket: Socket, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const giveUp = (code: string) => socket.destroy(withCode(code, 'no connection'));
    const stop = () => giveUp('ABORT_ERR');
    const timer = setTimeout(() => giveUp('ETIMEDOUT'), limits.connectSecondsMax * SECOND);
    const ended = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      socket.off('error', failed);
    };
    const failed = (fault: Error) => {
      ended();
      reject(fault);
    };
    signal.addEventListener('abort', stop, { once: true });
    socket.once('error', failed);
    socket.once('connect', () => {
      ended();
      resolve(socket);
    });
  });
}

/** Whatever was asked for: this is where the bytes would go. */
function judged(socket: Socket, exempt: boolean): Socket {
  if (exempt || isPublicAddress(socket.remoteAddress ?? '')) return socket;
  socket.destroy();
  throw new Refused(privateNetwork);
}

function withCode(code: string, message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { code });
}
