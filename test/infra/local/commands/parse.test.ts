import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Usage } from '../../../../infra/local/command.ts';
import { parse } from '../../../../infra/local/commands/parse.ts';

const folder = mkdtempSync(join(tmpdir(), 'parse-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

async function run(...args: string[]): Promise<{ code: number; out: string[]; err: string[] }> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await parse.run(args, {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    interactive: false,
  });
  return { code, out, err };
}

const rss =
  '<rss version="2.0"><channel><title>T</title><item><title>One</title><guid>1</guid><pubDate>Mon, 02 Mar 2026 08:00:00 +0100</pubDate></item></channel></rss>';

describe('watchword parse', () => {
  it('--json prints one object a line, absent fields null, and one bad source stops no other', async () => {
    const [good, page, absent] = [file('a.xml', rss), file('b.html', '<html></html>'), join(folder, 'none.xml')];
    const { code, out } = await run('--json', page, absent, good);
    expect(code).toBe(1);
    expect(out.map((line) => JSON.parse(line))).toEqual([
      { source: page, problem: { kind: 'not a feed', message: 'The page is a web page (HTML), not a feed.' } },
      { source: absent, problem: { kind: 'no file', message: 'There is no such file.' } },
      {
        source: good,
        feed: { title: 'T', link: null, format: 'rss' },
        entries: [
          { id: '1', title: 'One', link: null, publishedAt: '2026-03-02T07:00:00Z', summary: null, content: null },
        ],
      },
    ]);
  });

  it('shows a person what is in it, and exits 0', async () => {
    const { code, out, err } = await run(file('a.xml', rss));
    expect(code).toBe(0);
    expect(out.join('\n')).toContain('2026-03-02T07:00:00Z  One');
    expect(err).toEqual([]);
  });

  it('reads an address on this machine only when the watch file allows it', async () => {
    const server = createServer((_, response) => response.end(rss));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/`;
    const config = (allow: string): string =>
      `deliver: {from: "Watchword <alerts@example.org>", zone: UTC}
network: {allow: [${allow}]}
feeds: [https://news.example/feed]
watches: [{watch: Ferries, any: [ferry]}]
digests: [{digest: Daily, watches: [Ferries], when: every day at 07:00}]
`;
    const watch = file('watch.yaml', config(`"127.0.0.1:${port}"`));
    expect((await run('--json', '--watch', watch, url)).code).toBe(0);
    expect((await run('--json', '--watch', file('other.yaml', config('')), url)).out[0]).toContain('not allowed');
    server.close();
  });

  it('refuses a file over the limit', async () => {
    const { out } = await run('--json', file('big.xml', 'x'.repeat(11 * 1024 * 1024)));
    expect(JSON.parse(out[0]!)).toMatchObject({ problem: { kind: 'too large' } });
  });

  it.each([
    ['/no/such.yaml', /^\/no\/such\.yaml:1:1: there is no file/],
    [() => file('faulty.yaml', 'feeds: 1\n'), /faulty\.yaml:1:8: /],
  ])('a watch file that was named and is not right (%s) is told like everywhere', async (named, problem) => {
    const { code, out, err } = await run('--watch', typeof named === 'string' ? named : named(), file('a.xml', rss));
    expect([code, out]).toEqual([1, []]);
    expect(err.join('\n')).toMatch(problem);
  });

  it.each([[[]], [['--no-such']]])('wrong usage %j is said so', async (args) => {
    await expect(run(...args)).rejects.toThrow(Usage);
  });
});
