import { readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { HostProblem } from '../../../infra/local/host-problem.ts';
import { type Edition, type SeedOptions, serveSeeds } from '../../../infra/local/seed-server.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const seeds = new URL('../../../seeds/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('feeds.json', seeds), 'utf8')) as {
  feeds: { slug: string; path: string; editions: { status: number; contentType: string; file: string | null }[] }[];
};
const looks = manifest.feeds.flatMap(({ slug, path, editions }) =>
  editions.map((answer, index) => ({ slug, path, edition: (index + 1) as Edition, ...answer })),
);

async function start(options: Partial<SeedOptions> = {}) {
  const server = await serveSeeds({ port: 0, edition: () => 1, clock: () => noon, ...options });
  onTestFinished(() => server.close());
  return server;
}

async function bytes(url: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(url)).arrayBuffer());
}

it.each(looks)(
  '$slug, edition $edition: status, type and bytes are those of its file, with dates in them',
  async (look) => {
    const { url } = await start({ edition: () => look.edition });
    const answer = await fetch(url + look.path);
    expect(answer.status).toBe(look.status);
    expect(answer.headers.get('content-type')).toBe(look.contentType);
    const body = Buffer.from(await answer.arrayBuffer()).toString('latin1');
    expect(body).not.toContain('{{');
    if (look.file === null) return;
    // Everything but the placeholders is served as it lies in the file, in whatever charset.
    const pieces = readFileSync(new URL(`feeds/${look.file}`, seeds), 'latin1').split(/\{\{.*?\}\}/);
    let from = 0;
    for (const piece of pieces) {
      const at = body.indexOf(piece, from);
      expect(at).toBeGreaterThanOrEqual(from);
      from = at + piece.length;
    }
  },
);

it('dates are counted from one instant: the same bytes after a restart, others on another day', async () => {
  const path = '/harbour-wire/rss.xml';
  const first = await bytes((await start({ baseAt: noon })).url + path);
  expect(await bytes((await start({ baseAt: noon, clock: () => noon + 999 })).url + path)).toEqual(first);
  expect(await bytes((await start({ clock: () => noon + 86_400_000 })).url + path)).not.toEqual(first);
});

it('dates are written as their form asks', async () => {
  const { url } = await start();
  expect((await bytes(`${url}/harbour-wire/rss.xml`)).toString()).toMatch(
    /<pubDate>\w{3}, \d{2} Nov 2026 \d{2}:\d{2}:00 GMT<\/pubDate>/,
  );
  expect((await bytes(`${url}/civic-register/notices.atom`)).toString()).toMatch(/>2026-11-2\dT\d{2}:\d{2}:00Z</);
});

it('a look with the validators of the last one gets 304 and no body, until the edition changes', async () => {
  let edition: Edition = 1;
  const { url } = await start({ edition: () => edition });
  const at = `${url}/harbour-wire/rss.xml`;
  const first = await fetch(at);
  const etag = first.headers.get('etag') ?? '';
  const modified = first.headers.get('last-modified') ?? '';
  const status = async (headers: Record<string, string>) => (await fetch(at, { headers })).status;

  expect(Date.parse(modified)).toBeLessThan(noon);
  const again = await fetch(at, { headers: { 'if-none-match': etag } });
  expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
  expect(await status({ 'if-modified-since': modified })).toBe(304);
  expect(await status({ 'if-none-match': `"other", ${etag}` })).toBe(304);
  expect(await status({ 'if-none-match': '"other"', 'if-modified-since': modified })).toBe(200);
  expect(await status({ 'if-modified-since': 'rubbish' })).toBe(200);

  edition = 2;
  expect(await status({ 'if-none-match': etag })).toBe(200);
  expect(await status({ 'if-modified-since': modified })).toBe(200);
});

it('a feed that is the same in both editions keeps its validators', async () => {
  let edition: Edition = 1;
  const { url } = await start({ edition: () => edition });
  const validators = async () => {
    const { headers } = await fetch(`${url}/valley-gazette/rss.xml`);
    return [headers.get('etag'), headers.get('last-modified')];
  };
  const first = await validators();
  edition = 2;
  expect(await validators()).toEqual(first);
});

it('an error page has no validators and is never 304', async () => {
  const { url } = await start({ edition: () => 2 });
  const answer = await fetch(`${url}/fell-and-shore/index.rdf`, { headers: { 'if-none-match': '*' } });
  expect([answer.status, answer.headers.get('etag'), answer.headers.get('last-modified')]).toEqual([404, null, null]);
});

it('an unknown path is 404, a HEAD has headers only, and nothing can be posted', async () => {
  const { url } = await start();
  expect((await fetch(`${url}/../package.json`)).status).toBe(404);
  const head = await fetch(`${url}/harbour-wire/rss.xml?x=1`, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect(Number(head.headers.get('content-length'))).toBeGreaterThan(1_000);
  expect((await fetch(`${url}/harbour-wire/rss.xml`, { method: 'POST' })).status).toBe(405);
});

it('a port in use is told in a sentence', async () => {
  const { port } = await start();
  const problem: unknown = await serveSeeds({ port, edition: () => 1, clock: () => noon }).catch(
    (fault: unknown) => fault,
  );
  expect(problem).toBeInstanceOf(HostProblem);
  expect(String(problem)).toContain(`Port ${port} is in use by another program`);
});
