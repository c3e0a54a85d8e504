/** New processes: how soon they are of use. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { ColdStart } from './cold-start.ts';
import type { Measured } from './goals.ts';
import { type Ground, ours } from './ground.ts';
import { figure, median, tableOf } from './table.ts';

const starts = 5;

export function coldStarts(ground: Ground, measured: Measured): void {
  console.log(`\n## Cold start: a new process, ${starts} times; wall time in ms, least / median\n`);
  const rows: string[][] = [];
  for (const size of ground.quick ? [1_000, 10_000] : [1_000, 10_000, 100_000]) {
    const terms = ground.writeLines(`cold-${size}.txt`, ground.termsOf('sparse', size));
    const artifact = join(ground.folder, `cold-${size}.artifact`);
    const compiled = run('compile', terms, artifact);
    if ('failed' in compiled) {
      console.log(`${ours}: left out, ${compiled.failed}`);
      return;
    }
    const told = Array.from({ length: starts }, (): ColdStart => {
      const started = run('start', artifact, ground.texts);
      if ('failed' in started) throw new Error(started.failed);
      return JSON.parse(started.out);
    });
    const times = (of: (start: ColdStart) => number) =>
      `${figure(Math.min(...told.map(of)))} / ${figure(median(told.map(of)))}`;
    const megabytes = told[0]!.artifactBytes / 1e6;
    measured.set(`cold ${size} artifact`, megabytes);
    measured.set(`cold ${size} load`, median(told.map(({ loadMs }) => loadMs)));
    measured.set(`cold ${size} first`, median(told.map(({ first100Ms }) => first100Ms)));
    rows.push([
      `${size.toLocaleString('en-GB')} terms`,
      figure(megabytes),
      times(({ importMs }) => importMs),
      times(({ loadMs }) => loadMs),
      times(({ first100Ms }) => first100Ms),
    ]);
  }
  console.log(tableOf(['', 'artifact MB', 'import of the engine', 'read and load', 'first 100 entries'], rows));
}

function run(...args: string[]): { readonly out: string } | { readonly failed: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'cold-start.ts'), ...args],
    {
      encoding: 'utf8',
    },
  );
  return status === 0
    ? { out: stdout }
    : { failed: /^(?:Missing|\w*Error)\b.*?: (.*)$/m.exec(stderr)?.[1] ?? stderr.slice(-300) };
}
