/**
 * An internet that fits into a test: names have the addresses that the test says, and lines to them end at servers on
 * this machine while they say that they lead where they were asked to. Whatever the gate tries to connect to is written down.
 */
import { readFileSync } from 'node:fs';
import net from 'node:net';
import type { Network } from '../../shared/fetch/network.ts';

export interface SmallInternet extends Network {
  /** Every address that was connected to, with its port, in order. */
  readonly attempts: string[];
  /** Every name that was looked up, once for each family. */
  readonly lookedUp: string[];
}

export interface Ground {
  /** The addresses of a name, or what they are at the n-th time that it is looked up, counted from 0. */
  readonly names: Readonly<Record<string, readonly string[] | ((time: number) => readonly string[])>>;
  /** Which server on loopback stands behind a port; a port without one refuses. */
  readonly ports: Readonly<Record<number, number>>;
  /** Where a line to an address really leads, when not there. */
  readonly leadsTo?: (address: string) => string;
  readonly authorities?: readonly string[];
}

/** Addresses that anybody may reach. Nothing is ever sent to them. */
export const [anyAddress, otherAddress, anyIpv6] = ['9.9.9.9', '149.112.112.112', '2620:fe::fe'] as const;

const certificate = (name: string) => readFileSync(new URL(`certificates/${name}.pem`, import.meta.url), 'utf8');
/** Signs `feeds`, for `*.feeds.example`, `other.example` and `anyAddress`, and `expired`, for `feeds.example` until 2020. Its key is gone. */
export const authority = certificate('authority');
export const identity = (name: 'feeds' | 'expired') => ({ cert: certificate(name), key: certificate('key') });

export function smallInternet({ names, ports, leadsTo, authorities = [authority] }: Ground): SmallInternet {
  const attempts: string[] = [];
  const lookedUp: string[] = [];
  return {
    attempts,
    lookedUp,
    authorities,
    async addressesOf(name, family) {
      const known = names[name.replace(/\.$/, '')];
      const time = lookedUp.filter((earlier) => earlier === `${name} ${family}`).length;
      lookedUp.push(`${name} ${family}`);
      const addresses = typeof known === 'function' ? known(time) : known;
      const found = addresses?.filter((address) => address.includes(':') === (family === 6)) ?? [];
      if (found.length === 0) throw Object.assign(new Error(`queryA ${name}`), { code: 'ENOTFOUND' });
      return found;
    },
    connect(address, port) {
      attempts.push(`${address} ${port}`);
      const socket = net.connect({ host: '127.0.0.1', port: ports[port] ?? 1 });
      Object.defineProperty(socket, 'remoteAddress', { value: leadsTo?.(address) ?? address });
      return socket;
    },
  };
}
