/** A folder with a watch file, and a publisher on loopback, for tests of the commands that get feeds in. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from '../../../../infra/local/command.ts';
import { listenOnLoopback } from '../../../../infra/local/loopback.ts';

export interface Desk {
  /** `http://127.0.0.1:PORT` */
  readonly site: string;
  /** Of the watch file. */
  readonly watch: string;
  /** What each path of the site answers; an absent one with 404. */
  readonly pages: Map<string, { readonly body: string; readonly type: string; readonly location?: string }>;
  /** Paths in the order in which they were asked for. */
  readonly asked: string[];
  /** A path in the folder. */
  at(name: string): string;
  write(name: string, text: string): string;
  read(name?: string): string;
  /** Runs a command on the watch file. */
  run(command: Command, ...args: readonly string[]): Promise<{ code: number; out: string[]; err: string[] }>;
  close(): Promise<void>;
}

export async function openDesk(): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'feeds-'));
  const pages: Desk['pages'] = new Map();
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const page = pages.get(url);
    const status = page === undefined ? 404 : page.location === undefined ? 200 : 301;
    const location = page?.location === undefined ? {} : { location: page.location };
    response.writeHead(status, { 'content-type': page?.type ?? 'text/html', ...location }).end(page?.body);
  });
  const publisher = await listenOnLoopback(server, 0);
  const at = (name: string) => join(folder, name);
  const watch = at('watch.yaml');
  return {
    site: publisher.url,
    watch,
    pages,
    asked,
    at,
    write(name, text) {
      writeFileSync(at(name), text);
      return at(name);
    },
    read: (name = 'watch.yaml') => readFileSync(at(name), 'utf8'),
    async run(command, ...args) {
      const [out, err]: [string[], string[]] = [[], []];
      const terminal = {
        out: (line: string) => out.push(line),
        err: (line: string) => err.push(line),
        interactive: false,
      };
      return { code: await command.run([...args, '--watch', watch], terminal), out, err };
    },
    async close() {
      await publisher.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export const feedType = 'application/rss+xml';
export const pageType = 'text/html; charset=utf-8';

/** @param lead a line or two that stand before all else */
export function watchText(site: string, feeds: string, lead = ''): string {
  return `${lead}deliver: {from: alerts@example.org, zone: UTC}
network: {allow: ["${new URL(site).host}"]} # this machine
${feeds}
watches: [{watch: Padlocks}] # what else
digests: [{digest: Brief, watches: [Padlocks], when: every day at 07:00}]
`;
}

export function rssOf(title: string, ...guids: readonly string[]): string {
  const items = guids.map(
    (guid) => `<item><guid>${guid}</guid><title>${guid}</title><pubDate>Mon, 02 Mar 2026 08:00:00 GMT</pubDate></item>`,
  );
  return `<rss version="2.0"><channel><title>${title}</title>${items.join('')}</channel></rss>`;
}

export function pageOf(...feeds: readonly string[]): string {
  const links = feeds.map((href) => `<link rel="alternate" type="application/rss+xml" href="${href}">`);
  return `<!doctype html><html><head>${links.join('')}</head><body>Hello</body></html>`;
}
