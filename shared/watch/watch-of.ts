/** From the shapes of the file to the shapes that every other room reads. Only for what has been found free of flaws. */
import { assert } from '../assert.ts';
import { idOf } from '../id.ts';
import { parseAddress, parseDomain, parseSender } from './address.ts';
import type { Config, Digest, Feed, Holder, Signup, Watch } from './config.ts';
import { deployOf } from './deploy-shape.ts';
import type { Terms } from './term.ts';
import type { WatchFile } from './watch-schema.ts';
import type { TermEntry, WatchEntry } from './watch-shape.ts';
import { parseWhen } from './when.ts';

type Lists = Readonly<Record<string, readonly string[]>>;

export function configOf(file: WatchFile, feeds: readonly Feed[]): Config {
  const sender = parseSender(file.deliver.from);
  assert('from' in sender, 'the sender was checked');
  return {
    deliver: {
      from: sender.from,
      zone: file.deliver.zone,
      signup: signupOf(file.deliver.signup),
      ...(file.deliver.rate !== undefined && { rate: file.deliver.rate }),
    },
    poll: { historyDays: historyDaysOf(file.poll?.history), contact: file.poll?.contact ?? null },
    feeds,
    watches: file.watches.map((entry) => watchOf(entry, file.lists ?? {})),
    digests: file.digests.map((entry) => digestOf(entry, file.deliver.zone)),
    network: { allow: file.network?.allow ?? [] },
    ...(file.deploy !== undefined && { deploy: deployOf(file.deploy, sender.from) }),
  };
}

export function watchOf(entry: WatchEntry, lists: Lists): Watch {
  const put = (terms: readonly TermEntry[] | undefined): Terms => termsOf(terms ?? [], lists);
  const person = (said: NonNullable<WatchEntry['person']>) => ({
    name: said.name,
    also: put(said.also),
    none: put(said.none),
  });
  const { any, all, near, at_least, office } = entry;
  const groups = any ?? all ?? near ?? at_least ?? entry.person ?? office;
  return {
    id: idOf('watch', entry.watch),
    name: entry.watch,
    any: groups === undefined ? [entry.watch] : any === undefined ? null : put(any),
    all: all?.map(put) ?? null,
    near: near === undefined ? null : { within: near.within, ordered: near.ordered ?? false, all: near.all.map(put) },
    atLeast: at_least === undefined ? null : { count: at_least.count, of: put(at_least.of), in: at_least.in ?? null },
    person: entry.person === undefined ? null : person(entry.person),
    office:
      office === undefined
        ? null
        : {
            titles: put(office.titles),
            holders: office.holders.map(
              (said): Holder => ({ ...person(said), from: said.from ?? null, to: said.to ?? null }),
            ),
          },
    none: put(entry.none),
    in: entry.in ?? null,
    feeds: entry.feeds ?? null,
    noisy: entry.noisy === 'ok',
    examples: { match: entry.examples?.match ?? [], noMatch: entry.examples?.no_match ?? [] },
  };
}

function termsOf(terms: readonly TermEntry[], lists: Lists): Terms {
  return terms.flatMap((term) => (typeof term === 'string' ? [term] : (lists[term.list] ?? [])));
}

function historyDaysOf(said: string | undefined): number | null {
  if (said === undefined) return null;
  return said === 'off' ? 0 : Number.parseInt(said, 10);
}

function signupOf(said: WatchFile['deliver']['signup']): Signup {
  if (said === undefined || said === 'closed') return { kind: 'closed' };
  if (said === 'open') return { kind: 'open' };
  return { kind: 'domains', domains: said.domains.map((domain) => parseDomain(domain) ?? domain) };
}

function digestOf(entry: WatchFile['digests'][number], zone: string): Digest {
  const when = parseWhen(entry.when);
  assert('schedule' in when, 'the schedule was checked');
  return {
    id: idOf('digest', [entry.was ?? []].flat()[0] ?? entry.digest),
    name: entry.digest,
    watches: entry.watches.map((name) => idOf('watch', name)),
    when: when.schedule,
    zone: entry.zone ?? zone,
    to: [...new Set((entry.to ?? []).map(addressOf))],
    empty: entry.empty ?? 'skip',
  };
}

function addressOf(text: string): string {
  const parsed = parseAddress(text);
  assert('address' in parsed, 'the address was checked');
  return parsed.address;
}
