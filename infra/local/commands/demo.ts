/** `watchword demo`: the whole way of the data on recorded feeds, in a minute, on this machine alone. */
import { join, relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { SECOND } from '../../../shared/time.ts';
import type { Command, Terminal } from '../command.ts';
import { type Host, openHost } from '../host.ts';
import { HostProblem } from '../host-problem.ts';
import { freePort } from '../loopback.ts';
import { startRealTime } from '../real-time.ts';
import { type Edition, serveSeeds } from '../seed-server.ts';
import { seedsConfig, seedsPort } from '../seeds-config.ts';
import { stopSignal } from '../stop-signal.ts';
import { emptyTally, tallyLog } from '../tally.ts';
import { defaultData, defaultPort, portFrom, saying, serveUntilStopped, webBaseAt } from './start.ts';

const secondEditionAfterMs = 15 * SECOND;

export const demo: Command = {
  summary: 'see it work: recorded feeds, real digests, no account, no network',
  help: `watchword demo [--once] [--data DIR] [--port N]

Serves the recorded feeds of seeds/ on this machine, watches them with seeds/watch.yaml, and keeps the digests as mail
that you can read. After ${secondEditionAfterMs / SECOND} seconds the feeds change: a second edition with new, edited and withdrawn articles.

  --once       do all of it without waiting, say where the mails are, and exit
  --data DIR   where the demo keeps its data; emptied at each start (default: ${defaultData}/demo)
  --port N     of the pages on this machine (default: ${defaultPort}, or any that is free)`,
  async run(args, terminal) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        once: { type: 'boolean', default: false },
        data: { type: 'string', default: join(defaultData, 'demo') },
        port: { type: 'string' },
      },
    });
    let edition: Edition = 1;
    const publishers = await serveSeedsSomewhere(() => edition);
    try {
      const config = seedsConfig(publishers.port);
      const say = saying(terminal);
      const tally = emptyTally();
      const log = tallyLog(tally, config, say);
      const port = await (values.port === undefined ? freePort(defaultPort) : portFrom(values.port));
      const host = await openHost({
        config,
        data: values.data,
        clock: { now: Date.now },
        log,
        webBase: webBaseAt(port),
        smtpUrl: null,
        // The demo tells the same story each time.
        afresh: true,
      });
      say(
        `${config.feeds.length} recorded feeds are served at ${publishers.url}, ${config.watches.length} watches look.`,
      );
      const nextEdition = async () => {
        edition = 2;
        say('The second edition is out: new articles, edited headlines, two feeds that fail.');
        await host.pass();
      };
      if (values.once) {
        try {
          await host.pass();
          await nextEdition();
          tellMails(host, terminal);
          return tally.faults === 0 ? 0 : 1;
        } finally {
          await host.close();
        }
      }
      return await serveUntilStopped(host, config, log, port, async (url) => {
        await host.pass();
        terminal.out(`\nRead the digests at ${url}  Newer articles come in a moment. Stop with Ctrl-C.`);
        terminal.out(`Subscribe at ${url}/subscribe  What is mailed to you is under ${url}/mails\n`);
        await liveOn(host, nextEdition);
      });
    } finally {
      await publishers.close();
    }
  },
};

/** The second edition after a while, then real time, until somebody stops it. */
async function liveOn(host: Host, nextEdition: () => Promise<void>): Promise<void> {
  const stopped = stopSignal();
  const waiting = new AbortController();
  const waited = delay(secondEditionAfterMs, true, { signal: waiting.signal }).catch(() => false);
  const goesOn = await Promise.race([waited, stopped.then(() => false)]);
  waiting.abort();
  if (!goesOn) return;
  await nextEdition();
  const stop = startRealTime(host);
  await stopped;
  await stop();
}

/** Where seeds/watch.yaml looks for them, or at any other port when that is taken. */
async function serveSeedsSomewhere(edition: () => Edition) {
  try {
    return await serveSeeds({ port: seedsPort, edition, clock: Date.now });
  } catch (fault) {
    if (!(fault instanceof HostProblem)) throw fault;
    return serveSeeds({ port: 0, edition, clock: Date.now });
  }
}

function tellMails(host: Host, terminal: Terminal): void {
  terminal.out('');
  terminal.out(`${host.mails().length} mails. Each is a file that any mail program opens:`);
  for (const { file, destinations } of host.mails()) {
    terminal.out(`  ${relative(process.cwd(), file)}  to ${destinations.join(', ')}`);
  }
}
