/** `watchword mail preview`: the next issue of a digest as it would be now, from what is pending. It changes nothing. */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { nextIssue } from '../../../functions/next-issue.ts';
import { count } from '../../../shared/digest/coverage-lines.ts';
import { personalise, renderIssue } from '../../../shared/digest/render.ts';
import { didYouMean } from '../../../shared/watch/nearest.ts';
import { sayWhen } from '../../../shared/watch/when.ts';
import { type Command, Usage } from '../command.ts';
import { diskProblem } from '../host-problem.ts';
import { defaultWatchFile, openConfig } from '../open-config.ts';
import { openStoredNews } from '../stored-news.ts';
import { defaultData } from './start.ts';

export const mailPreview: Command = {
  summary: 'what the next issue of a digest would say',
  help: `watchword mail preview DIGEST [--watch FILE] [--data DIR] [--out DIR] [--open] [--json]

Renders what the next issue of a digest would be if it went out now: what is pending, in the look of the mail, with its
receipt. Nothing is sent and nothing changes. DIGEST is the name in the watch file.

  --watch FILE   the watch file (default: ${defaultWatchFile})
  --data DIR     where everything is kept (default: ${defaultData})
  --out DIR      where the .html and .txt files go (default: DIR/preview in the data folder)
  --open         open the .html file in the browser
  --json         one object: {digest, subject, stories, html, text}, the last two as paths

The links to preferences and for unsubscribing are put in for each reader, so they lead nowhere here.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        watch: { type: 'string', default: defaultWatchFile },
        data: { type: 'string', default: defaultData },
        out: { type: 'string' },
        open: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const [name, ...more] = positionals;
    if (name === undefined || more.length > 0) throw new Usage('Name one digest, in quotes where it has spaces.');
    const config = openConfig(values.watch, terminal);
    if (config === null) return 1;
    const digest = config.digests.find((each) => each.name.toLowerCase() === name.toLowerCase());
    if (digest === undefined) {
      const names = config.digests.map((each) => each.name);
      terminal.err(`There is no digest “${name}”: ${didYouMean(name, names, 'digests')}`);
      return 1;
    }
    const now = Date.now();
    const stored = await openStoredNews(values.data);
    const input = await nextIssue({ news: stored.news, config }, digest, now).finally(stored.close);
    const rendered = personalise(renderIssue(input), nowhere);
    const folder = resolve(values.out ?? join(values.data, 'preview'));
    const paths = {
      html: join(folder, `${digest.id}.html`),
      text: join(folder, `${digest.id}.txt`),
    };
    try {
      await mkdir(folder, { recursive: true });
      await writeFile(paths.html, rendered.html);
      await writeFile(paths.text, rendered.text);
    } catch (fault) {
      throw diskProblem(`The preview cannot be written to ${folder}`, fault);
    }
    const told = { digest: digest.name, subject: rendered.subject, stories: input.stories.length, ...paths };
    if (values.json) terminal.out(JSON.stringify(told));
    else {
      terminal.out(told.subject);
      terminal.out(`${count(told.stories, 'story', 'stories')} pending; ${digest.name} comes ${sayWhen(digest.when)}.`);
      terminal.out(`  ${paths.html}\n  ${paths.text}`);
      if (input.receipt.feeds.read === 0) terminal.out('No feed was read yet: npx watchword run looks at them all.');
    }
    if (values.open) openInBrowser(paths.html, (sentence) => terminal.err(sentence));
    return 0;
  },
};

const nowhere = {
  unsubscribeUrl: 'https://preview.invalid/unsubscribe',
  preferencesUrl: 'https://preview.invalid/preferences',
  issueUrl: 'https://preview.invalid/issue',
};

/** By the desktop's own opener; without one the path was said already. */
function openInBrowser(path: string, tell: (sentence: string) => void): void {
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  const child = spawn(opener, [path], { stdio: 'ignore', detached: true });
  child.on('error', () => tell(`There is no browser to open it with (${opener}): open the file yourself.`));
  child.unref();
}
