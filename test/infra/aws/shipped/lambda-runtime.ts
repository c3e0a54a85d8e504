/**
 * Lambda on this machine, for what is shipped as it is: a process of its own with the function's memory and environment, the
 * Runtime API that it speaks to, and an end by force when its time is over.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { listenOnLoopback } from '../../../../infra/local/loopback.ts';

export interface Shipped {
  readonly name: string;
  /** Where its files are. */
  readonly folder: string;
  /** `file.export` */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
}

export interface RunningFunction {
  /**
   * One event at a time, others wait. The process is started when there is none.
   *
   * @throws InvocationFailed when the function did, could not be started, or took too long
   */
  invoke(event: unknown): Promise<unknown>;
  /** All that its processes wrote. */
  said(): string;
  /** How many processes were started for it. */
  coldStarts(): number;
  close(): Promise<void>;
}

/** Told of a function that did not answer, in Lambda's words. */
export class InvocationFailed extends Error {
  readonly errorType: string;

  constructor(errorType: string, message: string) {
    super(`${errorType}: ${message}`);
    this.errorType = errorType;
  }
}

interface Invocation {
  readonly id: string;
  readonly event: string;
  readonly deadlineAt: number;
  readonly end: (outcome: { readonly answer: unknown } | InvocationFailed) => void;
}

/** What starts the code in its process: ours, or Amazon's own runtime client where its path is given. */
const starter = process.env.LAMBDA_RUNTIME_CLIENT ?? join(import.meta.dirname, 'bootstrap.mjs');

export async function runFunction(shipped: Shipped): Promise<RunningFunction> {
  let child: ChildProcess | null = null;
  let current: Invocation | null = null;
  let asked: ServerResponse | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let starts = 0;
  const output: string[] = [];

  const server = createServer((request, response) => void answer(request, response));
  const { url, close } = await listenOnLoopback(server, 0);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').replace('/2018-06-01/runtime/', '');
    if (path === 'invocation/next') {
      asked = response;
      return handOut();
    }
    const body = JSON.parse(await text(request)) as { readonly errorType: string; readonly errorMessage: string };
    response.writeHead(202).end('{}');
    if (path.endsWith('/response')) current?.end({ answer: body });
    else current?.end(new InvocationFailed(body.errorType, body.errorMessage));
  }

  function handOut(): void {
    if (current === null || asked === null) return;
    asked.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': current.id,
      'lambda-runtime-deadline-ms': String(current.deadlineAt),
      'lambda-runtime-invoked-function-arn': `arn:aws:lambda:eu-west-2:000000000000:function:${shipped.name}`,
    });
    asked.end(current.event);
    asked = null;
  }

  function start(): void {
    starts += 1;
    asked = null;
    const args = [`--max-old-space-size=${shipped.memoryMb}`, starter, shipped.handler];
    const started = spawn(process.execPath, args, { cwd: shipped.folder, env: environmentOf(shipped, url) });
    for (const stream of [started.stdout, started.stderr]) stream.on('data', (bytes) => output.push(String(bytes)));
    started.once('exit', (code, signal) => {
      if (child === started) child = null;
      if (signal !== 'SIGKILL') current?.end(new InvocationFailed('Runtime.ExitError', `ended with ${signal ?? code}`));
    });
    child = started;
  }

  async function one(event: unknown): Promise<unknown> {
    const millis = shipped.timeoutSeconds * 1_000;
    const outcome = await new Promise<Parameters<Invocation['end']>[0]>((resolve) => {
      const id = `request-${shipped.name}-${starts}-${output.length}`;
      current = { id, event: JSON.stringify(event), deadlineAt: Date.now() + millis, end: resolve };
      const late = setTimeout(() => {
        child?.kill('SIGKILL');
        child = null;
        resolve(new InvocationFailed('Sandbox.Timedout', `Task timed out after ${shipped.timeoutSeconds} seconds`));
      }, millis);
      late.unref();
      if (child === null) start();
      else handOut();
    });
    current = null;
    if (outcome instanceof InvocationFailed) throw outcome;
    return outcome.answer;
  }

  return {
    invoke(event) {
      const mine = turn.then(() => one(event));
      turn = mine.catch(() => {});
      return mine;
    },
    said: () => output.join(''),
    coldStarts: () => starts,
    async close() {
      child?.kill('SIGKILL');
      await close();
    },
  };
}

/** As the developer guide lists it ("Defined runtime environment variables"), and nothing of this machine's own. */
function environmentOf(shipped: Shipped, url: string): Record<string, string> {
  return {
    ...shipped.environment,
    _HANDLER: shipped.handler,
    LAMBDA_TASK_ROOT: shipped.folder,
    AWS_LAMBDA_RUNTIME_API: new URL(url).host,
    AWS_LAMBDA_FUNCTION_NAME: shipped.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(shipped.memoryMb),
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${shipped.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: '2026/11/25/[$LATEST]local',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_REGION: 'eu-west-2',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
  };
}
