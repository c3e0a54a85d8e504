/** A contender at work in a process of its own: started, given orders, and given up when it takes too long. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

export interface Readiness {
  readonly kind: 'ready';
  readonly compileMs: number;
  /** What stays in memory once it is ready. */
  readonly heldBytes: number;
  readonly artifactBytes: number | null;
  readonly loadMs: number | null;
}

/** One stretch of matching. */
export interface Lap {
  readonly bytes: number;
  readonly articles: number;
  readonly hits: number;
  /** Of the one thread that matches. */
  readonly cpuMs: number;
  readonly wallMs: number;
}

export type Answer =
  | Readiness
  | { readonly kind: 'unable'; readonly why: string }
  /** Hits of each 250 articles, up to where the time ended. */
  | { readonly kind: 'count'; readonly hits: readonly number[] }
  | { readonly kind: 'lap'; readonly lap: Lap };

/** A contender that takes part, or the reason why it does not. */
export type Entrant = { readonly name: string; readonly contest: Contest; readonly ready: Readiness } | Absent;

export interface Absent {
  readonly name: string;
  readonly absent: string;
  /** It took too long or too much memory, and so it would with more terms. */
  readonly hasGrown?: true;
}

export class Contest {
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#answers = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  }

  /** @param command program and arguments */
  static async start(name: string, command: readonly string[], limitSeconds: number): Promise<Entrant> {
    const child = spawn(command[0]!, command.slice(1), { stdio: ['pipe', 'pipe', 'pipe'] });
    // An order to a contender that has just fallen; that it fell is seen where its answer is waited for.
    child.stdin.on('error', () => {});
    let complaint = '';
    child.stderr.on('data', (text) => {
      complaint = (complaint + text).slice(-4_000);
    });
    const contest = new Contest(child);
    const answer = await contest.#answer(limitSeconds);
    if (typeof answer === 'object' && answer?.kind === 'ready') return { name, contest, ready: answer };
    contest.end();
    if (answer === 'too long') return { name, absent: `not ready after ${limitSeconds} s`, hasGrown: true };
    if (answer?.kind === 'unable') return { name, absent: answer.why };
    if (/out of memory|too large/.test(complaint)) return { name, absent: 'more than it can hold', hasGrown: true };
    return { name, absent: `ended: ${complaint.slice(0, 300)}` };
  }

  /** @returns hits of each 250 articles; null when the contender fell */
  async count(texts: string, limitSeconds: number): Promise<readonly number[] | null> {
    this.#order('count', texts, limitSeconds * 1_000);
    const answer = await this.#answer(3 * limitSeconds + 30);
    return typeof answer === 'object' && answer?.kind === 'count' ? answer.hits : null;
  }

  async lap(texts: string, ms: number): Promise<Lap | null> {
    this.#order('lap', texts, ms);
    const answer = await this.#answer(ms / 1_000 + 60);
    return typeof answer === 'object' && answer?.kind === 'lap' ? answer.lap : null;
  }

  /** The most memory that the process ever had, in bytes; null where the system does not say. */
  peakBytes(): number | null {
    try {
      const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
      const kilobytes = /VmHWM:\s+(\d+)/.exec(status)?.[1];
      return kilobytes === undefined ? null : Number(kilobytes) * 1_024;
    } catch {
      return null;
    }
  }

  end(): void {
    this.#child.kill('SIGKILL');
  }

  #order(what: string, file: string, ms: number): void {
    this.#child.stdin?.write(`${what}\t${file}\t${ms}\n`);
  }

  async #answer(limitSeconds: number): Promise<Answer | 'too long' | null> {
    const { promise: late, resolve } = Promise.withResolvers<'too long'>();
    const timer = setTimeout(() => resolve('too long'), limitSeconds * 1_000);
    const line = await Promise.race([this.#answers.next(), late]);
    clearTimeout(timer);
    if (line === 'too long') return line;
    return line.done ? null : (JSON.parse(line.value) as Answer);
  }
}
