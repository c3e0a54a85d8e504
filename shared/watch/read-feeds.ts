/** The `feeds:` of a watch file as feeds: addresses checked, OPML files read, defaults filled in. */
import { idOf } from '../id.ts';
import { limits } from '../limits.ts';
import type { Feed } from './config.ts';
import { parseFeedUrl } from './feed-url.ts';
import { type OpmlFeed, parseOpml } from './opml.ts';
import type { Flaw, Path } from './problem.ts';
import { isRawMap, rawItems, rawText } from './raw.ts';
import { spanMinutes } from './span.ts';
import type { Raw } from './yaml-source.ts';

/** @param readFile the text of a file by its path as written, or null when there is none */
export function readFeeds(
  file: Raw,
  readFile: (path: string) => string | null,
): { readonly feeds: readonly Feed[]; readonly flaws: readonly Flaw[] } {
  const feeds = new Map<string, Feed>();
  const flaws: Flaw[] = [];
  const allow = rawItems(file, ['network', 'allow']).flatMap(({ item }) => (typeof item === 'string' ? [item] : []));

  function add(address: string, at: Path, settings: Settings, from: string): void {
    const parsed = parseFeedUrl(address, allow);
    if ('problem' in parsed) flaws.push({ path: at, message: `${from}${parsed.problem}` });
    else if (feeds.has(parsed.url))
      flaws.push({ path: at, message: `${from}${parsed.url} is already a feed of this file; remove one` });
    else feeds.set(parsed.url, feedOf(parsed.url, settings));
  }

  for (const path of [['poll'], ...rawItems(file, ['feeds']).map((each) => each.path)]) {
    flaws.push(...idleAtMost(file, path));
  }
  for (const { item, path } of rawItems(file, ['feeds'])) {
    if (typeof item === 'string' && item !== '') add(item, path, settingsOf(file, path), '');
    if (!isRawMap(item)) continue;
    const url = rawText(item, ['url']);
    const opml = rawText(item, ['opml']);
    if (url !== null && url !== '') add(url, [...path, 'url'], settingsOf(file, path), '');
    if (opml === null || opml === '') continue;
    const read = readOpml(opml, readFile);
    if ('problem' in read) flaws.push({ path: [...path, 'opml'], message: read.problem });
    else
      for (const feed of read.feeds) add(feed.url, [...path, 'opml'], opmlSettings(file, path, feed), `in ${opml}: `);
  }
  if (feeds.size > limits.feedsMax) {
    flaws.push({ path: ['feeds'], onKey: true, message: `${feeds.size} feeds; at most ${limits.feedsMax} are read` });
  }
  return { feeds: [...feeds.values()], flaws };
}

/** A bound to an interval that is fixed would be read by nobody. */
function idleAtMost(file: Raw, path: Path): Flaw[] {
  const every = rawText(file, [...path, 'every']) ?? rawText(file, ['poll', 'every']);
  if (every === null || every === 'auto' || rawText(file, [...path, 'at_most']) === null) return [];
  const message = `at_most belongs to every: auto, and here stands every: ${every}; remove one of the two`;
  return [{ path: [...path, 'at_most'], onKey: true, message }];
}

function readOpml(path: string, readFile: (path: string) => string | null) {
  const text = readFile(path);
  if (text === null) return { problem: `there is no file ${path}; the path is seen from the watch file` };
  if (text.length > limits.watchFileCharsMax) return { problem: `${path} is too large; split it` };
  const parsed = parseOpml(text);
  return 'problem' in parsed ? { problem: `${path} ${parsed.problem}` } : parsed;
}

/** What an entry says of its feed beside the address, as written. */
interface Settings {
  readonly name: string | null;
  readonly tags: readonly string[];
  readonly every: string | null;
  readonly atMost: string | null;
  readonly excerpt: string | null;
  readonly firstLook: string | null;
  readonly text: string | null;
}

function settingsOf(file: Raw, path: Path): Settings {
  const said = (key: string) => rawText(file, [...path, key]) ?? rawText(file, ['poll', key]);
  return {
    name: rawText(file, [...path, 'name']),
    tags: rawItems(file, [...path, 'tags']).flatMap(({ item }) => (typeof item === 'string' ? [item] : [])),
    every: said('every'),
    // A fixed interval of its own is not touched by what holds for all.
    atMost: rawText(file, [...path, 'at_most']) ?? rawText(file, ['poll', 'at_most']),
    excerpt: said('excerpt'),
    firstLook: said('first_look'),
    text: said('text'),
  };
}

function opmlSettings(file: Raw, path: Path, feed: OpmlFeed): Settings {
  const settings = settingsOf(file, path);
  return { ...settings, name: feed.name, tags: [...new Set([...settings.tags, ...feed.tags])] };
}

/** A setting that is written wrongly has its own flaw; here it counts as the default. */
function feedOf(url: string, settings: Settings): Feed {
  const isAuto = settings.every === null || settings.every === 'auto';
  const minutes = isAuto ? null : spanMinutes(settings.every ?? '');
  const atMost = (settings.atMost === null ? null : spanMinutes(settings.atMost)) ?? limits.atMostMinutes;
  const firstLook = settings.firstLook === null ? null : spanMinutes(settings.firstLook);
  return {
    id: idOf('feed', url),
    url,
    name: settings.name ?? new URL(url).hostname,
    tags: settings.tags,
    everyMinutes: minutes ?? (isAuto ? Math.min(limits.everyMinutes, atMost) : limits.everyMinutes),
    ...(isAuto && { atMostMinutes: atMost }),
    excerptChars: settings.excerpt === null ? limits.excerptChars : Number(settings.excerpt),
    firstLookHours: firstLook === null ? limits.firstLookHours : firstLook / 60,
    text: settings.text === 'article' || settings.text === 'auto' ? settings.text : 'feed',
  };
}
