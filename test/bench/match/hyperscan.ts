/** Builds `hyperscan.c` where there is a compiler and the library. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const source = join(import.meta.dirname, 'hyperscan.c');

/** @returns the program; or why there is none, and what would help */
export function hyperscanIn(folder: string): { readonly program: string } | { readonly absent: string } {
  const asked = spawnSync('pkg-config', ['--cflags', '--libs', 'libhs'], { encoding: 'utf8' });
  if (asked.error || asked.status !== 0)
    return { absent: 'not installed: apt-get install libhyperscan-dev pkg-config' };
  const program = join(folder, 'hyperscan');
  const flags = asked.stdout.trim().split(/\s+/);
  const built = spawnSync('cc', ['-O2', '-o', program, source, ...flags], { encoding: 'utf8' });
  if (built.error) return { absent: 'no C compiler: apt-get install gcc' };
  return built.status === 0 ? { program } : { absent: `does not compile: ${built.stderr.slice(0, 300)}` };
}
