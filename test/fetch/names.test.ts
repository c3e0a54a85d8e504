/** Names asked of a real name server, which is on this machine and says what the test wants. */
import dgram from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttp, internet } from '../../shared/fetch/http.ts';
import type { HttpAnswer } from '../../shared/world.ts';
import { costOf } from './probe.ts';

/** `NXDOMAIN`, `SERVFAIL` and `REFUSED` of RFC 1035, section 4.1.1; an address; or no answer at all. */
type Says = 3 | 2 | 5 | string | null;

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** @param says of an IPv4 address; of IPv6 the name has none */
async function nameServer(says: Says): Promise<{ readonly address: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = dgram.createSocket('udp4', (query, from) => {
    const end = query.indexOf(0, 12) + 5;
    const type = query.readUInt16BE(end - 4);
    asked.push(type === 1 ? 'A' : type === 28 ? 'AAAA' : String(type));
    if (says === null) return;
    const found = typeof says === 'string' && type === 1 ? [says] : [];
    const head = Buffer.alloc(12);
    query.copy(head, 0, 0, 2);
    head.writeUInt16BE(0x8180 | (typeof says === 'number' ? says : 0), 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(found.length, 6);
    const records = found.map((address) =>
      Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split('.').map(Number)]),
    );
    server.send(Buffer.concat([head, query.subarray(12, end), ...records]), from.port, from.address);
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  return { address: `127.0.0.1:${server.address().port}`, asked };
}

async function ask(server: string, waitMs = 5_000): Promise<HttpAnswer> {
  const http = createHttp({ allow: [], clock: Date, network: internet([server]) });
  closers.push(() => http.close());
  return http.get({ url: 'http://feeds.example/', headers: {}, deadlineAt: Date.now() + waitMs });
}

describe('a name server', () => {
  it.each([
    ['127.0.0.1', 'refused', 'The address is not on the public internet.', ['A', 'AAAA']],
    ['169.254.169.254', 'refused', 'The address is not on the public internet.', ['A', 'AAAA']],
    [3, 'unreachable', 'No server has this name.', ['A', 'AAAA']],
    [2, 'unreachable', 'The name of the server could not be looked up.', ['A']],
    [5, 'unreachable', 'The name of the server could not be looked up.', ['A']],
  ] as const)('that says %s (row 6)', async (says, why, detail, asked) => {
    const server = await nameServer(says);
    expect(await ask(server.address)).toEqual({ kind: 'failed', why, detail });
    expect([...new Set(server.asked)]).toEqual(asked);
  });

  it('that says nothing is left at the deadline (row 17)', async () => {
    const server = await nameServer(null);
    const { result, cost } = await costOf(() => ask(server.address, 300));
    expect(result).toMatchObject({ kind: 'failed', why: 'timeout' });
    expect(cost.ms).toBeLessThan(1_300);
  });
});
