/** The watch file of the recorded feeds. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { localDay } from '../../shared/time.ts';
import type { Config } from '../../shared/watch/config.ts';
import { problemLine } from '../../shared/watch/problem.ts';
import { readConfig } from '../../shared/watch/read-config.ts';
import { HostProblem } from './host-problem.ts';

/** The port that seeds/watch.yaml names. */
export const seedsPort = 8411;

const folder = join(import.meta.dirname, '../../seeds');

/**
 * @param port where the recorded feeds are served now
 * @throws HostProblem with every problem of the file, should somebody have broken it
 */
export function seedsConfig(port: number): Config {
  const text = readFileSync(join(folder, 'watch.yaml'), 'utf8');
  const result = readConfig(text.replaceAll(`127.0.0.1:${seedsPort}`, `127.0.0.1:${port}`), {
    file: 'seeds/watch.yaml',
    today: localDay(Date.now(), 'UTC'),
    readFile: (path) => readFileSync(join(folder, path), 'utf8'),
  });
  if ('config' in result) return result.config;
  throw new HostProblem(result.problems.map(problemLine).join('\n'));
}
