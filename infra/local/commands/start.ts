/** `watchword start`: the service on this machine, in real time, until it is stopped. */
import { parseArgs } from 'node:util';
import type { Config } from '../../../shared/watch/config.ts';
import type { Log } from '../../../shared/world.ts';
import { type Command, type Terminal, Usage } from '../command.ts';
import { type Host, openHost } from '../host.ts';
import { freePort } from '../loopback.ts';
import { defaultWatchFile, openConfig } from '../open-config.ts';
import { startRealTime } from '../real-time.ts';
import { stopSignal } from '../stop-signal.ts';
import { emptyTally, tallyLog } from '../tally.ts';
import { serveWeb } from '../web-server.ts';

/** Where everything is kept unless somebody says otherwise. */
export const defaultData = '.watchword';
export const defaultPort = 8420;

/** Where links in mails lead: WEB_BASE when a proxy stands before this machine, else the page on loopback. */
export function webBaseAt(port: number): string {
  return process.env.WEB_BASE?.replace(/\/+$/, '') || `http://127.0.0.1:${port}`;
}

export const start: Command = {
  summary: 'the service on this machine, until Ctrl-C',
  help: `watchword start [--watch FILE] [--data DIR] [--port N]

Looks at the feeds at their intervals and sends the digests at their times, until Ctrl-C. A second start goes on with
the same data.

  --watch FILE   the watch file (default: ${defaultWatchFile})
  --data DIR     where everything is kept (default: ${defaultData})
  --port N       of the pages on this machine (default: ${defaultPort}; 0: any that is free)

Mail is kept as files in DIR/mail and shown on the page. With SMTP_URL in the environment it goes out by SMTP instead.
With WEB_BASE in the environment, links in mails begin so: the address of a proxy that leads here.`,
  async run(args, terminal) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        watch: { type: 'string', default: defaultWatchFile },
        data: { type: 'string', default: defaultData },
        port: { type: 'string', default: String(defaultPort) },
      },
    });
    const port = await portFrom(values.port);
    const config = openConfig(values.watch, terminal);
    if (config === null) return 1;
    const log = tallyLog(emptyTally(), config, saying(terminal));
    const host = await openHost({
      config,
      data: values.data,
      clock: { now: Date.now },
      log,
      webBase: webBaseAt(port),
      smtpUrl: process.env.SMTP_URL || null,
    });
    return serveUntilStopped(host, config, log, port, async (url) => {
      terminal.out(`Watchword is running. Pages: ${url}  Data: ${host.folder.path}  Stop with Ctrl-C.`);
      const stop = startRealTime(host);
      await stopSignal();
      terminal.out('Stopping: what was begun is finished or kept for the next start.');
      await stop();
    });
  },
};

/** Serves the pages while `live` lasts, and closes the host whatever happens. */
export async function serveUntilStopped(
  host: Host,
  config: Config,
  log: Log,
  port: number,
  live: (url: string) => Promise<void>,
): Promise<number> {
  try {
    const web = await serveWeb(host, config, log, port);
    try {
      await host.folder.announce(web.url);
      await live(web.url);
    } finally {
      await web.close();
    }
  } finally {
    await host.close();
  }
  return 0;
}

/** Each line with the time of day before it. */
export function saying(terminal: Terminal): (line: string) => void {
  return (line) => terminal.out(`${new Date(Date.now()).toTimeString().slice(0, 8)}  ${line}`);
}

/**
 * The port that somebody asked for; for 0 one that is free, since links in mails name it before anything listens there.
 *
 * @throws Usage when it is no port
 */
export async function portFrom(text: string): Promise<number> {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new Usage(`“${text}” is not a port: write a number from 0 to 65535.`);
  return port === 0 ? freePort(0) : port;
}
