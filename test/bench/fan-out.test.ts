import { expect, it } from 'vitest';
import { temporaryFolder } from '../infra/local/temporary-folder.ts';
import { runFanOut } from './fan-out/run.ts';

// Two starts of the whole host, each of some seconds on a busy machine.
it('an issue for 300 readers reaches each of them once, though the host is killed in the middle', async () => {
  const { report, killedAt } = await runFanOut(temporaryFolder(), 300, 150);
  expect(killedAt).toBeLessThan(300);
  expect(report).toMatchObject({ rendered: 1, deliveries: 300, sent: 300, mails: 300, addresses: 300, faults: [] });
}, 120_000);
