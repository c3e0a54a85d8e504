/** `watchword status`: how all of it fares, on this machine or in a deployment. */
import { parseArgs } from 'node:util';
import { count } from '../../../shared/digest/coverage-lines.ts';
import { localTime } from '../../../shared/digest/local-time.ts';
import { type Instant, iso } from '../../../shared/time.ts';
import type { Command, Terminal } from '../command.ts';
import { defaultWatchFile, openConfig } from '../open-config.ts';
import { stageHelp, stageOptions } from '../stage-options.ts';
import { type EditionStatus, type Status, statusOf } from '../status.ts';
import { openStored } from '../stored.ts';
import { defaultData } from './start.ts';

export const status: Command = {
  summary: 'how feeds, digests, mails and queues fare, here or in a deployment',
  help: `watchword status [--watch FILE] [--data DIR | --stage X [--region R]] [--json]

Tells the feeds by their state, the last look, of each digest its last mails and what waits to be told, and what waits in
queues or is parked in dead letters. Nothing is changed.

  --watch FILE   the watch file (default: ${defaultWatchFile})
  --data DIR     where everything is kept (default: ${defaultData})
${stageHelp}
  --json         one object: {feeds: {STATE: n}, lastLook: {tickAt, endedAt, read, unchanged, failed, missed},
                 digests: [{digest, isOwn, nextAt, waiting, lastIssue: {number, frozenAt, hits, finished, deliveries}}],
                 queues: [{queue, waiting, inWork, delayed}], deadLetters: [{queue, parked, oldestAt}]}

Exit code: 0 told, whatever it is; 1 the watch file is not right, or what is stored cannot be reached.`,
  async run(args, terminal) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        watch: { type: 'string', default: defaultWatchFile },
        data: { type: 'string', default: defaultData },
        ...stageOptions,
        json: { type: 'boolean', default: false },
      },
    });
    const config = openConfig(values.watch, terminal);
    if (config === null) return 1;
    const stored = await openStored(values, config);
    try {
      const now = Date.now();
      const found = await statusOf(stored, config, now);
      if (values.json) terminal.out(JSON.stringify(found, withInstants));
      else show(stored.name, found, config.deliver.zone, now, terminal);
      return 0;
    } finally {
      await stored.close();
    }
  },
};

function withInstants(name: string, value: unknown): unknown {
  return typeof value === 'number' && name.endsWith('At') ? iso(value) : value;
}

function show(name: string, found: Status, zone: string, now: Instant, terminal: Terminal): void {
  const near = (at: Instant) => localTime(zone, now).nearSlot(at);
  const total = Object.values(found.feeds).reduce((sum, some) => sum + some, 0);
  terminal.out(`Watchword on ${name}. Times in ${zone}.`);
  terminal.out(`${count(total, 'feed')}: ${counted(found.feeds)}.`);
  const look = found.lastLook;
  terminal.out(
    look === null
      ? 'No look within a day.'
      : `Last look ${near(look.endedAt)}: ${counted({ read: look.read, unchanged: look.unchanged, failing: look.failed })}` +
          `${look.missed > 0 ? `; ${look.missed} had to wait for the next` : ''}.`,
  );
  for (const edition of found.digests) terminal.out(editionLine(edition, near));
  if (found.queues.length > 0) {
    const said = found.queues.map(({ queue, waiting, inWork, delayed }) => {
      const later = delayed > 0 ? `, ${delayed} later` : '';
      return `${queue} ${waiting} waiting, ${inWork} in work${later}`;
    });
    terminal.out(`Queues: ${said.join('; ')}.`);
  }
  const parked = found.deadLetters.filter((letters) => letters.parked > 0);
  const said = parked.map(({ queue, parked: letters, oldestAt }) => {
    const since = oldestAt === null ? '' : ` (the oldest of ${near(oldestAt)})`;
    return `${queue} ${letters}${since}`;
  });
  terminal.out(
    said.length === 0 ? 'No dead letters.' : `Dead letters: ${said.join('; ')}. See: npx watchword redrive --help`,
  );
}

function editionLine(
  { digest, isOwn, nextAt, waiting, lastIssue }: EditionStatus,
  near: (at: Instant) => string,
): string {
  const name = isOwn ? digest : `${digest}, as people chose it`;
  const next = nextAt === null ? 'at once' : `next ${near(nextAt)}`;
  const waits = waiting === 0 ? 'nothing waits' : `${count(waiting, 'hit')} to tell`;
  if (lastIssue === null) return `${name}: ${next}, ${waits}; no mail lately.`;
  const { number, frozenAt, hits, finished, deliveries } = lastIssue;
  const became = counted(
    Object.fromEntries(Object.entries(deliveries).map(([state, some]) => [state.toLowerCase(), some])),
  );
  const fared = finished ? became || 'nobody to tell' : 'being made ready';
  return `${name}: ${next}, ${waits}; last No. ${number}, ${near(frozenAt)}, ${count(hits, 'hit')}: ${fared}.`;
}

function counted(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, some]) => `${some} ${name}`)
    .join(', ');
}
