#!/usr/bin/env node
/** The `watchword` command: finds the command that was asked for, and turns what it throws into a sentence and an exit code. */
import { readFileSync, writeSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { type Command, Usage } from './command.ts';
import { diskProblem, HostProblem } from './host-problem.ts';

/** Loaded when asked for: `parse` need not wait for a database that only `start` uses. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  demo: async () => (await import('./commands/demo.ts')).demo,
  start: async () => (await import('./commands/start.ts')).start,
  run: async () => (await import('./commands/run.ts')).run,
  check: async () => (await import('./commands/check.ts')).check,
  parse: async () => (await import('./commands/parse.ts')).parse,
  match: async () => (await import('./commands/match.ts')).match,
  explain: async () => (await import('./commands/explain.ts')).explain,
  replay: async () => (await import('./commands/replay.ts')).replay,
  feeds: async () => (await import('./commands/feeds.ts')).feeds,
  status: async () => (await import('./commands/status.ts')).status,
  redrive: async () => (await import('./commands/redrive.ts')).redrive,
  mail: async () => (await import('./commands/mail.ts')).mail,
  subscribers: async () => (await import('./commands/subscribers.ts')).subscribers,
  keys: async () => (await import('./commands/keys.ts')).keys,
  cost: async () => (await import('./commands/cost.ts')).cost,
};

const terminal = {
  out: (line: string) => write(1, line),
  err: (line: string) => write(2, line),
  interactive: process.stderr.isTTY === true,
};

/** Commands that poll. On a large machine V8 lets garbage lie: 384 MB for 1,000 feeds without these flags, some 200 with them. */
const pollingCommands: readonly string[] = ['demo', 'start', 'run'];
if (pollingCommands.includes(process.argv[2] ?? '')) {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=20');
}

process.exitCode = await main(process.argv.slice(2));

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === 'help' && args.length > 0) return main([...args, '--help']);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.out(await listOfCommands());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    terminal.out(version());
    return 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    terminal.err(await unknown(name));
    return 2;
  }
  const command = await load();
  const within = command.subcommands ?? {};
  const [word = '', ...rest] = args;
  const loadWithin = Object.hasOwn(within, word) ? within[word] : undefined;
  if (loadWithin !== undefined) return runCommand(`${name} ${word}`, await loadWithin(), rest);
  return runCommand(name, command, args);
}

async function runCommand(name: string, command: Command, args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    terminal.out(command.help);
    return 0;
  }
  try {
    return await command.run(args, terminal);
  } catch (fault) {
    if (isWrongUsage(fault)) {
      terminal.err(`${fault.message}\nSee: npx watchword ${name} --help`);
      return 2;
    }
    // What is not a sentence for people is a bug of ours: all that helps to find it.
    terminal.err(
      fault instanceof HostProblem ? fault.message : fault instanceof Error ? String(fault.stack) : String(fault),
    );
    return 1;
  }
}

/** Our own word for it, or what the reader of arguments says. */
function isWrongUsage(fault: unknown): fault is Error {
  return (
    fault instanceof Usage ||
    (fault instanceof Error && String(Reflect.get(fault, 'code')).startsWith('ERR_PARSE_ARGS'))
  );
}

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

async function unknown(name: string): Promise<string> {
  const { didYouMean } = await import('../../shared/watch/nearest.ts');
  return `There is no command “${name}”: ${didYouMean(name, Object.keys(commands), 'commands')}`;
}

async function listOfCommands(): Promise<string> {
  const lines = await Promise.all(
    Object.entries(commands).map(async ([name, load]) => `  ${name.padEnd(11)} ${(await load()).summary}`),
  );
  return [
    'Watchword: the news alert that is silent only when there is nothing to tell.',
    '',
    'Usage: npx watchword COMMAND [options]',
    '',
    ...lines,
    '',
    'npx watchword COMMAND --help tells more.',
  ].join('\n');
}

/** At once and whole, also into a pipe: nothing is lost when the process ends. A reader that left is no fault of ours. */
function write(stream: 1 | 2, line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(stream, bytes, at);
    } catch (fault) {
      const code = Reflect.get(Object(fault), 'code');
      if (code === 'EPIPE') process.exit(0);
      if (code !== 'EAGAIN') endUnheard(stream, fault);
      // The pipe is full: wait a little for its reader.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** What was said reaches nobody, so the exit code must tell; and the other stream, where that is one. */
function endUnheard(stream: 1 | 2, fault: unknown): never {
  if (stream === 1) write(2, diskProblem('The output cannot be written', fault).message);
  process.exit(1);
}
