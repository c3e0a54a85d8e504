/** `watchword redrive`: gives back what is parked in dead letters. */
import { parseArgs } from 'node:util';
import { parkedIn, unpark } from '../../../shared/aws/parked.ts';
import { count } from '../../../shared/digest/coverage-lines.ts';
import { didYouMean } from '../../../shared/watch/nearest.ts';
import { type Command, Usage } from '../command.ts';
import { defaultWatchFile, openConfig } from '../open-config.ts';
import { stageHelp, stageOptions } from '../stage-options.ts';
import { openStored, type QueuePair } from '../stored.ts';
import { defaultData } from './start.ts';

export const redrive: Command = {
  summary: 'give messages that failed for good back to their queues',
  help: `watchword redrive [QUEUE ...] [--watch FILE] [--data DIR | --stage X [--region R]] [--dry-run]

Gives back what is parked in the dead letters of the queues poll, deliver and notices: to be done after the cause was mended.
Doing a thing twice does no harm. Parked ticks (of a stage) are thrown away: the next tick did all that was overdue.

  QUEUE          poll, deliver, notices or ticks (default: all)
  --watch FILE   the watch file, which names the region of a stage (default: ${defaultWatchFile})
  --data DIR     where everything is kept (default: ${defaultData})
${stageHelp}
  --dry-run      only say how many there are

Exit code: 0 done, or nothing to do; 1 the queues cannot be reached.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        watch: { type: 'string', default: defaultWatchFile },
        data: { type: 'string', default: defaultData },
        ...stageOptions,
        'dry-run': { type: 'boolean', default: false },
      },
    });
    const config = openConfig(values.watch, terminal);
    if (config === null) return 1;
    const stored = await openStored(values, config);
    try {
      for (const [name, pair] of chosen(stored.queues, positionals)) {
        const parked = await parkedIn(stored.sqs, pair.deadLettersUrl);
        const isDry = values['dry-run'];
        const taken = isDry ? parked : await unpark(stored.sqs, pair.deadLettersUrl, pair.url, parked);
        terminal.out(`${name}: ${told(taken, pair, isDry)}`);
      }
      return 0;
    } finally {
      await stored.close();
    }
  },
};

/** @throws Usage for a name that is none of them */
function chosen(
  queues: Readonly<Partial<Record<string, QueuePair>>>,
  names: readonly string[],
): readonly (readonly [string, QueuePair])[] {
  const known = Object.keys(queues);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Usage(`There is no queue “${unknown}”: ${didYouMean(unknown, known, 'queues')}`);
  return Object.entries(queues).flatMap(([name, pair]) =>
    pair !== undefined && (names.length === 0 || names.includes(name)) ? [[name, pair] as const] : [],
  );
}

function told(letters: number, { url }: QueuePair, isDry: boolean): string {
  if (letters === 0) return 'no dead letters';
  const done = url === null ? 'thrown away' : 'given back';
  return isDry ? `${count(letters, 'message')} would be ${done}` : `${count(letters, 'message')} ${done}`;
}
