/**
 * What a deployment changes for people, in sentences: feeds, watches and digests that come, go, or are altered. What is
 * deployed is known from a note in the template itself; CloudFormation keeps it, whoever deployed. Pure.
 */
import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Config, Digest } from '../../shared/watch/config.ts';
import { sayWhen } from '../../shared/watch/when.ts';

/** One thing as a note of it is kept: enough to name it, and to see that it is not the same any more. */
interface Noted {
  readonly id: string;
  /** '' for what is beyond `namesMax`. */
  readonly name: string;
  readonly mark: string;
}

interface NotedDigest extends Noted {
  readonly when: string;
  readonly watches: readonly string[];
  /** How many addresses are told without subscribing. Which they are is nobody's business who reads a template. */
  readonly addresses: number;
}

/** What of a watch file is remembered in the template. */
export interface Note {
  readonly feeds: readonly Noted[];
  readonly watches: readonly Noted[];
  readonly digests: readonly NotedDigest[];
}

/** Names of so many feeds and of so many watches: a template may have 1 MB, and ids and marks of the most take half of it. */
const namesMax = 5_000;
/** Names told in one sentence; what is over is counted. */
const toldMax = 10;

export function noteOf({ feeds, watches, digests }: Config): Note {
  return {
    feeds: feeds.map((feed, at) => ({ id: feed.id, name: nameAt(at, feed.name), mark: markOf(feed) })),
    // Examples decide whether there is a deployment at all, and nothing after it.
    watches: watches.map(({ examples: _, ...watch }, at) => ({
      id: watch.id,
      name: nameAt(at, watch.name),
      mark: markOf(watch),
    })),
    digests: digests.map((digest) => ({
      id: digest.id,
      name: digest.name,
      mark: markOf(digest),
      when: whenOf(digest),
      watches: digest.watches,
      addresses: digest.to.length,
    })),
  };
}

const nameAt = (at: number, name: string): string => (at < namesMax ? name : '');
const markOf = (value: object): string => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 8);
const whenOf = ({ when, zone }: Digest): string => `${sayWhen(when)} (${zone})`;

/** As it stands in the template's metadata. */
export function packNote(note: Note): string {
  return gzipSync(JSON.stringify(note), { level: 9 }).toString('base64');
}

/** @returns null for anything that was not packed here */
export function unpackNote(packed: unknown): Note | null {
  if (typeof packed !== 'string') return null;
  try {
    const note = JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString('utf8')) as Partial<Note>;
    const { feeds, watches, digests } = note;
    return feeds && watches && digests ? { feeds, watches, digests } : null;
  } catch {
    return null;
  }
}

export interface Changes {
  /** None when people will notice nothing. */
  readonly sentences: readonly string[];
  /** Whether somebody will get less than before: worth a question before it is done. */
  readonly takesAway: boolean;
}

/** @param before null when nothing is deployed */
export function whatChanges(before: Note | null, after: Note): Changes {
  if (before === null) {
    const { feeds, watches, digests } = after;
    const all = [count(feeds.length, 'feed'), count(watches.length, 'watch'), count(digests.length, 'digest')];
    return { sentences: [`All is new: ${all.join(', ')}.`], takesAway: false };
  }
  const feeds = compared(before.feeds, after.feeds);
  const watches = compared(before.watches, after.watches);
  const digests = compared(before.digests, after.digests);
  return {
    sentences: [
      ...said(feeds.added, 'feed', 'comes', 'come'),
      ...said(feeds.gone, 'feed', 'is read no more', 'are read no more'),
      ...said(feeds.altered, 'feed', 'is read another way', 'are read another way'),
      ...said(watches.added, 'watch', 'comes', 'come'),
      ...said(watches.gone, 'watch', 'is looked for no more', 'are looked for no more'),
      ...said(watches.altered, 'watch', 'looks for something else', 'look for something else'),
      ...said(digests.added, 'digest', 'comes', 'come'),
      ...said(
        digests.gone,
        'digest',
        'goes: its subscribers get no further issue',
        'go: their subscribers get no further issue',
      ),
      ...digests.altered.flatMap((digest) => alteredDigest(before, digest)),
    ],
    takesAway: [feeds, watches, digests].some(({ gone }) => gone.length > 0),
  };
}

interface Compared<T> {
  readonly added: readonly T[];
  readonly gone: readonly T[];
  /** As they are now. */
  readonly altered: readonly T[];
}

function compared<T extends Noted>(before: readonly T[], after: readonly T[]): Compared<T> {
  const was = new Map(before.map((each) => [each.id, each]));
  const is = new Set(after.map(({ id }) => id));
  return {
    added: after.filter(({ id }) => !was.has(id)),
    gone: before.filter(({ id }) => !is.has(id)),
    altered: after.filter(({ id, mark }) => was.has(id) && was.get(id)?.mark !== mark),
  };
}

function alteredDigest(before: Note, digest: NotedDigest): string[] {
  const was = before.digests.find(({ id }) => id === digest.id);
  if (was === undefined) return [];
  const more = digest.watches.filter((id) => !was.watches.includes(id)).length;
  const fewer = was.watches.filter((id) => !digest.watches.includes(id)).length;
  const told = [
    ...(was.when === digest.when ? [] : [`comes ${digest.when}, not ${was.when}`]),
    ...(more === 0 ? [] : [`has ${count(more, 'watch')} more`]),
    ...(fewer === 0 ? [] : [`has lost ${count(fewer, 'watch')}`]),
    ...(was.addresses === digest.addresses
      ? []
      : [`goes to ${count(digest.addresses, 'address')} of the file, not ${was.addresses}`]),
  ];
  return [`Digest "${digest.name}" ${told.length === 0 ? 'is altered' : told.join('; ')}.`];
}

function said(things: readonly Noted[], what: string, one: string, many: string): string[] {
  if (things.length === 0) return [];
  const named = things.filter(({ name }) => name !== '').slice(0, toldMax);
  const rest = things.length - named.length;
  const names = [...named.map(({ name }) => `"${name}"`), ...(rest > 0 && named.length > 0 ? [`${rest} more`] : [])];
  const list = names.length === 0 ? '' : `: ${names.join(', ')}`;
  return [`${count(things.length, what)} ${things.length === 1 ? one : many}${list}.`];
}

function count(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? '' : /(?:ch|ss)$/.test(what) ? 'es' : 's'}`;
}
