#!/usr/bin/env node
/**
 * The `watchword` command for whatever Node is found first on this machine. Watchword is TypeScript that Node 24 runs as it
 * is; an older Node cannot read it, and hands over to the one that was installed with the project.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const command = new URL('./watchword.ts', import.meta.url);

if (Number.parseInt(process.versions.node, 10) >= 24) await import(command.href);
else handOver(ownNode());

/** @returns the path of the program, or null when the project's packages are not installed */
function ownNode() {
  try {
    const program = join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin/node');
    return existsSync(program) ? program : null;
  } catch {
    return null;
  }
}

function handOver(program) {
  if (program === null) {
    process.stderr.write(
      `Watchword needs Node 24, and this is ${process.version}: run npm install where Watchword is.\n`,
    );
    process.exitCode = 1;
    return;
  }
  const child = spawn(program, [fileURLToPath(command), ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both of us; passed on, it would be the second one, which ends the work at once.
  const atTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  process.on('SIGINT', () => atTerminal || child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => {
    process.removeAllListeners('SIGINT');
    process.removeAllListeners('SIGTERM');
    if (signal === null) process.exitCode = code;
    else process.kill(process.pid, signal);
  });
}
