/** A feed that changes from look to look in all the ways that a poll has to judge, drawn at random. */
import fc from 'fast-check';
import { HOUR, type Instant } from '../../shared/time.ts';

const formats = ['rss', 'atom', 'rdf', 'json'] as const;
type Format = (typeof formats)[number];

/** An entry of the feed: which one it is, and how it is written today. */
interface Piece {
  readonly number: number;
  readonly edition: number;
  readonly ids: number;
  readonly links: number;
  /** Has something to be mended. */
  readonly broken: boolean;
}

interface Issue {
  readonly pieces: readonly Piece[];
  readonly format: Format;
  /** What relative links are relative to. */
  readonly site: number;
  readonly cut: boolean;
}

type Change = (issue: Issue) => Issue;

const each =
  (change: Partial<Piece>): Change =>
  (issue) => ({ ...issue, pieces: issue.pieces.map((piece) => ({ ...piece, ...change })) });

const one = (at: number, change: (piece: Piece) => readonly Piece[]): Change => {
  return (issue) => ({
    ...issue,
    pieces: issue.pieces.flatMap((piece, index) => (index === at % issue.pieces.length ? change(piece) : [piece])),
  });
};

function onTop(count: number, instead: boolean): Change {
  return (issue) => {
    const { pieces } = issue;
    const latest = Math.max(0, ...pieces.map(({ number }) => number));
    const like = pieces[0] ?? { edition: 0, ids: 0, links: 0, broken: false };
    const fresh = Array.from({ length: count }, (_, index) => ({
      ...like,
      broken: false,
      number: latest + count - index,
    }));
    return { ...issue, pieces: instead ? fresh : [...fresh, ...pieces] };
  };
}

/** All but the first few, so that most of the links that are known come back under new names. */
const rename = (ids: number, but: number): Change => {
  return (issue) => ({ ...issue, pieces: issue.pieces.map((piece, at) => (at < but ? piece : { ...piece, ids })) });
};
const place = fc.nat(20);
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 3 }).map((count) => onTop(count, false)) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 8 }).map((count) => onTop(count, true)) },
  { weight: 3, arbitrary: place.map((at) => one(at, (piece) => [{ ...piece, edition: piece.edition + 1 }])) },
  { weight: 2, arbitrary: place.map((at) => one(at, () => [])) },
  { weight: 1, arbitrary: place.map((at) => one(at, (piece) => [piece, piece])) },
  { weight: 1, arbitrary: place.map((at) => one(at, (piece) => [{ ...piece, edition: 7 }, piece])) },
  { weight: 1, arbitrary: place.map((at) => one(at, (piece) => [{ ...piece, broken: true }])) },
  { weight: 1, arbitrary: fc.tuple(place, fc.nat(6)).map(([at, ids]) => one(at, (piece) => [{ ...piece, ids }])) },
  { weight: 1, arbitrary: fc.tuple(place, fc.nat(3)).map(([at, links]) => one(at, (piece) => [{ ...piece, links }])) },
  { weight: 3, arbitrary: fc.tuple(fc.nat(4), fc.nat(2)).map(([ids, but]) => rename(ids, but)) },
  { weight: 1, arbitrary: fc.nat(6).map((ids) => rename(ids, 0)) },
  { weight: 1, arbitrary: fc.nat(3).map((links) => each({ links })) },
  { weight: 1, arbitrary: fc.constant<Change>((issue) => ({ ...issue, pieces: issue.pieces.toReversed() })) },
  { weight: 1, arbitrary: fc.nat(1).map((site) => (issue: Issue) => ({ ...issue, site })) },
  { weight: 1, arbitrary: fc.constantFrom(...formats).map((format) => (issue: Issue) => ({ ...issue, format })) },
  { weight: 1, arbitrary: fc.constant<Change>((issue) => ({ ...issue, cut: true })) },
  { weight: 1, arbitrary: fc.constant<Change>((issue) => issue) },
);

const first: fc.Arbitrary<Issue> = fc
  .record({
    count: fc.oneof(fc.nat(5), fc.integer({ min: 8, max: 14 })),
    format: fc.constantFrom(...formats.slice(0, 3)),
    ids: fc.nat(4),
  })
  .map(({ count, format, ids }) => {
    const pieces = Array.from({ length: count }, (_, index) => ({
      number: count - index,
      edition: 0,
      ids,
      links: 0,
      broken: false,
    }));
    return { pieces, format, site: 0, cut: false };
  });

/**
 * Documents of one feed in their order, each some changes after the one before.
 *
 * @param at when the first is published
 */
export function changingFeed(at: Instant): fc.Arbitrary<readonly string[]> {
  const looks = fc.array(fc.array(change, { maxLength: 3 }), { minLength: 1, maxLength: 9 });
  return fc.tuple(first, looks).map(([issue, changes]) => {
    const issues = [issue];
    for (const all of changes) issues.push(all.reduce((now, next) => next(now), mended(issues.at(-1)!)));
    return issues.map((each, look) => written(each, at, look));
  });
}

/** What is wrong with a document is wrong in that one only. */
function mended(issue: Issue): Issue {
  return each({ broken: false })({ ...issue, cut: false, format: issue.format === 'json' ? 'rss' : issue.format });
}

/** @param look makes documents differ that say the same */
function written({ pieces, format, site, cut }: Issue, at: Instant, look: number): string {
  const home = `https://news.example/${site === 0 ? '' : 'elsewhere/'}`;
  const items = pieces.map((piece) => forms[format](piece, at));
  const document = documents[format](home, format === 'json' ? items.join(',') : items.join('\n'), look);
  return cut ? document.slice(0, -30) : document;
}

/** Names of two kinds, addresses of several schemes and hosts, one for all, none. */
const idOf = ({ number, ids }: Piece): string | null =>
  [
    String(number),
    `tag:news.example,2026:${number}`,
    `http://news.example/a/${number}`,
    `https://news.example/a/${number}?utm_source=feed`,
    `https://other.example/a/${number}`,
    'same',
    null,
  ][ids]!;

const linkOf = ({ number, links }: Piece): string | null =>
  [`https://news.example/a/${number}`, `a/${number}`, 'https://news.example/live', null][links]!;

const titleOf = ({ number, edition, broken }: Piece): string =>
  `${number % 2 === 0 ? 'Floods' : 'A bus'} ${number}${edition === 0 ? '' : `, edition ${edition}`}${broken ? ' & more' : ''}`;

const dateOf = ({ number }: Piece, at: Instant): Date => new Date(at + (number - 6) * 6 * HOUR);

const tag = (name: string, text: string | null, attributes = ''): string =>
  text === null ? '' : `<${name}${attributes}>${text}</${name}>`;

const forms: Readonly<Record<Format, (piece: Piece, at: Instant) => string>> = {
  rss: (piece, at) =>
    `<item>${tag('title', titleOf(piece))}${tag('guid', idOf(piece), ' isPermaLink="false"')}${tag('link', linkOf(piece))}` +
    `<pubDate>${dateOf(piece, at).toUTCString()}</pubDate></item>`,
  atom: (piece, at) => {
    const link = linkOf(piece);
    return (
      `<entry>${tag('id', idOf(piece))}${tag('title', titleOf(piece))}${link === null ? '' : `<link href="${link}"/>`}` +
      `<updated>${dateOf(piece, at).toISOString()}</updated></entry>`
    );
  },
  rdf: (piece, at) => {
    const id = idOf(piece);
    return (
      `<item${id === null ? '' : ` rdf:about="${id}"`}>${tag('title', titleOf(piece))}${tag('link', linkOf(piece))}` +
      `<dc:date>${dateOf(piece, at).toISOString()}</dc:date></item>`
    );
  },
  json: (piece, at) =>
    JSON.stringify({
      id: idOf(piece) ?? undefined,
      url: linkOf(piece) ?? undefined,
      title: titleOf(piece),
      date_published: dateOf(piece, at).toISOString(),
    }),
};

const documents: Readonly<Record<Format, (home: string, items: string, look: number) => string>> = {
  rss: (home, items, look) =>
    `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>${home}</link>${items}\n` +
    `<generator>${look}</generator></channel></rss>`,
  atom: (home, items, look) =>
    `<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><link href="${home}"/>${items}\n` +
    `<generator>${look}</generator></feed>`,
  rdf: (home, items, look) =>
    `<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" ` +
    `xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News</title><link>${home}</link></channel>${items}\n` +
    `<!-- ${look} --></rdf:RDF>`,
  json: (home, items, look) =>
    `{"version":"https://jsonfeed.org/version/1.1","title":"News","home_page_url":"${home}","look":${look},"items":[${items}]}`,
};
