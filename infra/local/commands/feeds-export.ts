/** `watchword feeds export`: all feeds of the watch file as OPML, for a feed reader or another watch file. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { opmlOf } from '../../../shared/watch/opml.ts';
import { type Command, Usage } from '../command.ts';
import { diskProblem } from '../host-problem.ts';
import { defaultWatchFile, openConfig } from '../open-config.ts';

export const feedsExport: Command = {
  summary: 'write all feeds as OPML',
  help: `watchword feeds export [FILE] [--watch FILE]

Writes all feeds of the watch file, those of its OPML files included, as OPML 2.0: to FILE, or to standard output. Names
stay, tags become folders, the order is kept; what else is said of a feed has no place in OPML.

  --watch FILE   the watch file (default: ${defaultWatchFile})

Exit code: 0 written, 1 the watch file is not right, or FILE cannot be written.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { watch: { type: 'string', default: defaultWatchFile } },
    });
    const [path, ...others] = positionals;
    if (others.length > 0) throw new Usage('Name one file to write to, or none.');
    const config = openConfig(values.watch, terminal);
    if (config === null) return 1;
    const opml = opmlOf(config.feeds);
    if (path === undefined) terminal.out(opml.trimEnd());
    else {
      try {
        writeFileSync(path, opml);
      } catch (fault) {
        throw diskProblem(`${path} cannot be written`, fault);
      }
      terminal.err(`${config.feeds.length} ${config.feeds.length === 1 ? 'feed' : 'feeds'} written to ${path}.`);
    }
    return 0;
  },
};
