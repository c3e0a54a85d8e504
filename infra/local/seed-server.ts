/** The recorded feeds of `seeds/`, served as their publishers would: with validators, and with dates counted from one instant. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { assert } from '../../shared/assert.ts';
import { DAY, HOUR, type Instant, iso, MINUTE } from '../../shared/time.ts';
import { type Listening, listenOnLoopback } from './loopback.ts';

export type Edition = 1 | 2;

export interface SeedOptions {
  /** 0: any that is free. */
  readonly port: number;
  /** Asked at each look. */
  readonly edition: () => Edition;
  readonly clock: () => Instant;
  /** What dates are counted from; the moment of the start when left out. The same instant gives the same bytes. */
  readonly baseAt?: Instant;
}

/** @throws HostProblem when the port is taken */
export async function serveSeeds(options: SeedOptions): Promise<Listening> {
  const pages = await readPages(options.baseAt ?? options.clock());
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/\?.*$/s, '');
    const page = pages.get(path)?.[options.edition() - 1] ?? missing;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
    } else if (unchanged(page, request.headers)) {
      response.writeHead(304, page.validators).end();
    } else {
      const headers = { 'content-type': page.contentType, 'content-length': page.body.length, ...page.validators };
      response.writeHead(page.status, headers).end(page.body); // for a HEAD, Node leaves the body out
    }
  });
  return listenOnLoopback(server, options.port);
}

interface Page {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
  /** None on an error page. */
  readonly validators: { readonly etag: string; readonly 'last-modified': string } | Record<string, never>;
}

interface Manifest {
  readonly feeds: readonly {
    readonly path: string;
    readonly editions: readonly {
      readonly status: number;
      readonly contentType: string;
      readonly file: string | null;
    }[];
  }[];
}

const missing: Page = {
  status: 404,
  contentType: 'text/plain',
  body: Buffer.from('There is no such feed.\n'),
  validators: {},
};

/** Of each path, one page an edition. */
async function readPages(baseAt: Instant): Promise<ReadonlyMap<string, readonly Page[]>> {
  const seeds = new URL('../../seeds/', import.meta.url);
  const manifest = JSON.parse(await readFile(new URL('feeds.json', seeds), 'utf8')) as Manifest;
  const pages = new Map<string, readonly Page[]>();
  for (const { path, editions } of manifest.feeds) {
    const files = editions.map(({ file }) => file);
    const read = editions.map(async ({ status, contentType, file }): Promise<Page> => {
      if (file === null) return { ...missing, status, contentType };
      const body = withDates(await readFile(new URL(`feeds/${file}`, seeds)), baseAt);
      // A minute between editions, and none between two that are the same file: what an If-Modified-Since is held against.
      const modifiedAt = baseAt - (editions.length - files.indexOf(file)) * MINUTE;
      return { status, contentType, body, validators: validatorsOf(body, modifiedAt) };
    });
    pages.set(path, await Promise.all(read));
  }
  return pages;
}

function validatorsOf(body: Buffer, modifiedAt: Instant): Page['validators'] {
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 16);
  return { etag: `"${hash}"`, 'last-modified': new Date(modifiedAt).toUTCString() };
}

/** RFC 9110, 13.2.2: where If-None-Match is there, If-Modified-Since counts for nothing. */
function unchanged({ validators }: Page, asked: IncomingHttpHeaders): boolean {
  if (validators.etag === undefined) return false;
  const known = asked['if-none-match'];
  if (known !== undefined) return known === '*' || known.split(/\s*,\s*/).includes(validators.etag);
  return Date.parse(asked['if-modified-since'] ?? '') >= Date.parse(validators['last-modified']);
}

/**
 * `{{rfc822 -3h}}` and `{{iso -25m}}` as dates. Placeholders are ASCII and so are dates: read as Latin-1, one character a
 * byte, all other bytes stay what they are, whatever the document's charset.
 */
function withDates(document: Buffer, baseAt: Instant): Buffer {
  const filled = document
    .toString('latin1')
    .replace(/\{\{(rfc822|iso) ([+-]\d+)([mhd])\}\}/g, (_, form, count, unit) => {
      const length = { m: MINUTE, h: HOUR, d: DAY }[unit as 'm' | 'h' | 'd'];
      const at = baseAt + Number(count) * length;
      return form === 'iso' ? iso(at) : new Date(at).toUTCString();
    });
  assert(!filled.includes('{{'), 'every placeholder of a seed is a date');
  return Buffer.from(filled, 'latin1');
}
