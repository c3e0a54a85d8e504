/** `watchword subscribers`: who gets what; and what an operator can do for them. */
import { parseArgs } from 'node:util';
import type { Profile, Subscription } from '../../../shared/delivery/consent.ts';
import { editionFor } from '../../../shared/delivery/edition.ts';
import { count } from '../../../shared/digest/coverage-lines.ts';
import { localTime } from '../../../shared/digest/local-time.ts';
import { everybody, type Person } from '../../../shared/store/everybody.ts';
import { type Instant, iso } from '../../../shared/time.ts';
import type { Config } from '../../../shared/watch/config.ts';
import { didYouMean } from '../../../shared/watch/nearest.ts';
import { sayWhen } from '../../../shared/watch/when.ts';
import { type Command, type Terminal, Usage } from '../command.ts';
import { defaultWatchFile, openConfig } from '../open-config.ts';
import { openPeople } from '../open-people.ts';
import { stageHelp, stageOptions } from '../stage-options.ts';
import { defaultData } from './start.ts';

const subcommands = {
  add: async () => (await import('./subscribers-add.ts')).subscribersAdd,
  remove: async () => (await import('./subscribers-remove.ts')).subscribersRemove,
  export: async () => (await import('./subscribers-export.ts')).subscribersExport,
  erase: async () => (await import('./subscribers-erase.ts')).subscribersErase,
  erasures: async () => (await import('./erasures.ts')).erasures,
  'replay-erasures': async () => (await import('./erasures.ts')).replay,
};

export const subscribers: Command = {
  summary: 'list who gets what; add, remove, export, erase',
  help: `watchword subscribers [list] [--watch FILE] [--data DIR | --stage X [--region R]] [--json]

Lists everybody who is known, with each digest, when it comes, and how that stands. Addresses are shown in full: keep what
you do with the list in mind.

  --watch FILE   the watch file, for the names of digests (default: ${defaultWatchFile})
  --data DIR     where everything is kept (default: ${defaultData}); no host may run on it meanwhile
${stageHelp}
  --json         one object a line for each person and digest:
                 {address, digest, when, zone, state, since, by}; digest is null for who waits for a confirmation

pending        signed up, and has not confirmed
confirmed      gets it; paused: gets it again from that time on
unsubscribed   got it once; only the person can bring it back
bounced, unreachable, complained: is not written to, whatever else is said

  watchword subscribers add ADDRESS --digest NAME      by your word, without a confirmation
  watchword subscribers remove ADDRESS                 end one digest, or all
  watchword subscribers export ADDRESS                 all that is held of somebody, as JSON
  watchword subscribers erase ADDRESS --yes            erase somebody
  watchword subscribers erasures                       who was erased, for replay-erasures
  watchword subscribers replay-erasures FILE           erase them again, after tables were restored

Exit code: 0 listed, 1 the watch file is not right, or the data cannot be read.`,
  subcommands: { ...subcommands, list: async () => ({ ...subscribers, run: list }) },
  run: list,
};

async function list(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      watch: { type: 'string', default: defaultWatchFile },
      data: { type: 'string', default: defaultData },
      ...stageOptions,
      json: { type: 'boolean', default: false },
    },
  });
  const [unknown] = positionals;
  if (unknown !== undefined) {
    const known = ['list', ...Object.keys(subcommands)];
    throw new Usage(`There is no command “subscribers ${unknown}”: ${didYouMean(unknown, known, 'commands')}`);
  }
  const config = openConfig(values.watch, terminal);
  if (config === null) return 1;
  const { people, close } = await openPeople(values, config);
  try {
    const persons = await everybody(people);
    const now = Date.now();
    if (values.json) {
      for (const line of persons.flatMap((person) => linesOf(person, config, now))) terminal.out(JSON.stringify(line));
    } else show(persons, config, now, terminal);
    return 0;
  } finally {
    await close();
  }
}

interface Line {
  readonly address: string;
  readonly digest: string | null;
  readonly when: string | null;
  readonly zone: string | null;
  readonly state: string;
  readonly since: string;
  readonly by: Subscription['by'] | null;
}

function linesOf(person: Person, config: Config, now: Instant): readonly Line[] {
  const { profile, subscriptions, suppression } = person;
  const { address } = profile;
  if (subscriptions.length === 0) {
    const [state, since] = [suppression?.cause ?? profile.state, iso(suppression?.since ?? profile.since)];
    return [{ address, digest: null, when: null, zone: null, state, since, by: null }];
  }
  return subscriptions.map((subscription) => {
    const digest = config.digests.find(({ id }) => id === subscription.digest);
    const edition = digest === undefined ? null : editionFor(digest, subscription.when, profile.zone);
    const ended = subscription.state === 'unsubscribed' || suppression === null;
    return {
      address,
      digest: digest?.name ?? subscription.digest,
      when: edition === null ? null : sayWhen(edition.when),
      zone: edition?.zone ?? null,
      state: ended ? stateOf(subscription, profile, now) : suppression.cause,
      since: iso(ended ? subscription.since : suppression.since),
      by: subscription.by,
    };
  });
}

function stateOf({ state }: Subscription, { pausedUntil }: Profile, now: Instant): string {
  return state === 'confirmed' && pausedUntil !== null && now < pausedUntil
    ? `paused until ${iso(pausedUntil)}`
    : state;
}

function show(persons: readonly Person[], config: Config, now: Instant, terminal: Terminal): void {
  const { zone } = config.deliver;
  const time = localTime(zone, now);
  terminal.out(
    `${persons.length === 1 ? '1 person' : `${persons.length} people`}, ${count(
      persons.reduce((sum, { subscriptions }) => sum + subscriptions.length, 0),
      'subscription',
    )}. Times in ${zone}.`,
  );
  for (const person of persons) {
    terminal.out(person.profile.address);
    for (const line of linesOf(person, config, now)) {
      const comes = line.when === null ? '' : `; ${line.when} (${line.zone})`;
      const name = line.digest === null ? '' : `${line.digest}: `;
      terminal.out(`  ${name}${line.state} since ${time.nearSlot(Date.parse(line.since))}${comes}`);
    }
  }
}
