/** A host on this machine with one outlet and two digests, for a person in a browser: real parts, an empty data folder. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { openHost } from '../../infra/local/host.ts';
import { freePort, listenOnLoopback } from '../../infra/local/loopback.ts';
import { drainQueue } from '../../infra/local/queue-poller.ts';
import { serveWeb } from '../../infra/local/web-server.ts';
import { readConfig } from '../../shared/watch/read-config.ts';
import { rss } from '../simulation/small-town.ts';

const watchFile = (publisher: { readonly url: string; readonly port: number }) => `
deliver: {from: 'Watchword <alerts@watchword.example>', zone: Europe/London, signup: open}
network: {allow: ['127.0.0.1:${publisher.port}']}
feeds:
  - {url: '${publisher.url}/feed.xml', name: The Harbour Gazette, every: 5m}
watches:
  - {watch: Encryption, any: [encryption~], noisy: ok}
  - {watch: Floods, any: [flood~], noisy: ok}
  - {watch: Home Secretary, any: [Home Secretary], noisy: ok}
digests:
  - {digest: Attack desk, watches: [Encryption, Home Secretary], when: at once}
  - {digest: Policy brief, watches: [Encryption, Floods, Home Secretary], when: every weekday at 07:00, empty: send}
`;

export async function openSubscribeTown() {
  const headlines: Record<string, string> = {};
  const server = createServer((_, response) => response.end(rss(Date.now(), headlines)));
  const publisher = await listenOnLoopback(server, 0);
  const data = await mkdtemp(join(tmpdir(), 'watchword-subscribe-'));
  const faults: unknown[] = [];
  const log = { info: () => {}, error: (_: string, fault: unknown) => void faults.push(fault) };
  const read = readConfig(watchFile(publisher), { file: 'watch.yaml', today: '2026-11-23', readFile: () => null });
  if (!('config' in read)) throw new Error(read.problems.map(({ message }) => message).join());
  const { config } = read;
  let ahead = 0;
  const port = await freePort(0);
  const host = await openHost({
    config,
    data,
    clock: { now: () => Date.now() + ahead },
    log,
    webBase: `http://127.0.0.1:${port}`,
    smtpUrl: null,
  });
  const web = await serveWeb(host, config, log, port);
  const mails = async (): Promise<readonly Email[]> =>
    Promise.all(host.mails().map(async ({ file }) => PostalMime.parse(await readFile(file))));
  return {
    url: web.url,
    config,
    faults,
    handlers: host.handlers,
    /** What waits to be mailed is mailed. */
    mailed: () => drainQueue(host.workOf('deliver')),
    /** The newest mail to an address. */
    async mailTo(address: string): Promise<Email> {
      const mail = (await mails()).findLast(({ to }) => to?.some((each) => each.address === address));
      if (mail === undefined) throw new Error(`no mail to ${address}`);
      return mail;
    },
    /** An article comes out, is found and mailed. */
    async publish(headline: string) {
      headlines[`n${Object.keys(headlines).length}`] = headline;
      await host.pass();
    },
    /** Lets time go by for the functions. */
    advance(milliseconds: number) {
      ahead += milliseconds;
    },
    async close() {
      await web.close();
      await host.close();
      await publisher.close();
      await rm(data, { recursive: true });
    },
  };
}

export type SubscribeTown = Awaited<ReturnType<typeof openSubscribeTown>>;

/** The link of a mail for one action, by its letter. */
export function linkIn(mail: Email, letter: 'c' | 'p' | 'u' | 'x' | 'i'): string {
  const [link] = new RegExp(`http://127\\.0\\.0\\.1:\\d+/${letter}/[\\w.-]+`).exec(mail.html ?? '') ?? [];
  if (link === undefined) throw new Error(`“${mail.subject}” has no link of /${letter}/`);
  return link;
}

export const headerOf = (mail: Email, name: string) => mail.headers.find(({ key }) => key === name)?.value ?? '';
