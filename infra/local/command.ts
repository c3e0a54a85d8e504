/** What each `watchword` command is made of. */

/** Where a command speaks: results to `out`, errors and progress to `err`. Each call is one line, without its line end. */
export interface Terminal {
  out(line: string): void;
  err(line: string): void;
  /** Whether a person reads `err`: only then is progress shown. */
  readonly interactive: boolean;
}

export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** The whole of `watchword NAME --help`. */
  readonly help: string;
  /** Commands of its own, by the word that follows its name. Loaded when asked for. */
  readonly subcommands?: Readonly<Record<string, () => Promise<Command>>>;
  /** The exit code: 0 done, 1 something failed (said on `err`). Wrong usage is thrown as `Usage`. */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}

/** Wrong usage: exit code 2. The message says what to write instead. */
export class Usage extends Error {}
