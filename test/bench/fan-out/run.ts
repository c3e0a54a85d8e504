/** Runs the host of the fan-out in a process of its own, and kills it on the way if asked to. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What the host says at its end. */
export interface FanOutReport {
  readonly rendered: number;
  readonly deliveries: number;
  readonly sent: number;
  readonly mails: number;
  readonly addresses: number;
  /** Deliveries that were neither sent nor queued when all messages were handled: an earlier process had them in its hands. */
  readonly inFlight: number;
  readonly faults: readonly string[];
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly sentHere: number;
  readonly peakMb: number;
}

/**
 * @param folder for its data
 * @param killAt when so many mails are out it is killed, and started again; null to let it be
 */
export async function runFanOut(
  folder: string,
  readers: number,
  killAt: number | null,
): Promise<{ readonly report: FanOutReport; readonly killedAt: number | null }> {
  const killed = killAt === null ? null : await run(folder, readers, killAt);
  if (killed !== null && killed.report !== null) throw new Error('it was done before it could be killed');
  const { report } = await run(folder, readers, null);
  if (report === null) throw new Error('the host ended without a report');
  return { report, killedAt: killed?.mails ?? null };
}

async function run(folder: string, readers: number, killAt: number | null) {
  const host = fileURLToPath(new URL('host.ts', import.meta.url));
  // As the command `watchword` runs.
  const flags = ['--semi-space-growth-factor=1', '--heap-growing-percent=20'];
  const child = spawn(process.execPath, [...flags, host, folder, String(readers)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  let mails = 0;
  let report: FanOutReport | null = null;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('{')) report = JSON.parse(line) as FanOutReport;
    if (/^\d+$/.test(line)) mails = Number(line);
    if (killAt !== null && mails >= killAt) child.kill('SIGKILL');
  }
  await ended;
  return { report, mails };
}
