/** Loaded before everything else of a process and its children: any try to speak to the network is written down, and fails. */

import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import net from 'node:net';

const file = process.env.NETWORK_TRIES;

function refuse(what) {
  return (...args) => {
    const said = args.map((arg) =>
      typeof arg === 'object' ? JSON.stringify(arg?.host ?? arg?.path ?? '') : String(arg),
    );
    if (file) appendFileSync(file, `${what} ${said[0] ?? ''}\n`);
    throw new Error(`no network here: ${what}`);
  };
}

net.Socket.prototype.connect = refuse('connect');
dgram.Socket.prototype.send = refuse('send');
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) {
  dns[name] = refuse(name);
  dns.promises[name] = refuse(name);
}
