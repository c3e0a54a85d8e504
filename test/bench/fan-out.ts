/**
 * One issue to many readers on the real host of this machine, the send rate off: embedded tables, queues and mailbox.
 *
 *     npm run bench:fan-out                     10,000 readers, then the same with a kill -9 in the middle
 *     npm run bench:fan-out -- --readers 1000   another number
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runFanOut } from './fan-out/run.ts';

const { values } = parseArgs({ options: { readers: { type: 'string', default: '10000' } } });
const readers = Number(values.readers);
let wrong = 0;
for (const kill of [false, true]) {
  const folder = mkdtempSync(join(tmpdir(), 'watchword-fan-out-'));
  try {
    const { report, killedAt } = await runFanOut(folder, readers, kill ? readers / 2 : null);
    const good =
      report.rendered === 1 && report.sent === readers && report.mails === readers && report.addresses === readers;
    if (!good || report.faults.length > 0) wrong += 1;
    console.log(
      `${readers} readers${killedAt === null ? '' : `, killed when ${killedAt} mails were out, and started again`}:`,
    );
    console.log(
      `  rendered ${report.rendered} time; ${report.sent} of ${report.deliveries} deliveries SENT; ` +
        `${report.mails} mails to ${report.addresses} addresses; ${report.inFlight} in the hands of who was killed`,
    );
    console.log(
      `  ${report.seconds.toFixed(0)} s${killedAt === null ? '' : ' after the start'}, ` +
        `${((1_000 * report.cpuSeconds) / Math.max(1, report.sentHere)).toFixed(1)} ms of CPU a mail, peak memory ${report.peakMb.toFixed(0)} MB`,
    );
    for (const fault of report.faults) console.log(`  ${fault}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
process.exitCode = wrong === 0 ? 0 : 1;
