/** What this machine tells its functions of time. */
import type { SQSEvent } from 'aws-lambda';
import { expect, it } from 'vitest';
import type { Invocation } from '../../../functions/lambda.ts';
import { withinATick } from '../../../infra/local/real-time.ts';
import { MINUTE } from '../../../shared/time.ts';

it('a poll has to end before the next tick begins another beside it, which would ask the same feeds', async () => {
  const told: (Invocation | undefined)[] = [];
  const work = withinATick({
    url: 'http://127.0.0.1/queue',
    batchSize: 1,
    atOnceMax: 1,
    log: { info() {}, error() {} },
    async handler(_, invocation) {
      told.push(invocation);
      return { batchItemFailures: [] };
    },
  });
  await work.handler({ Records: [] } satisfies SQSEvent);
  const left = told[0]?.getRemainingTimeInMillis();
  expect(left).toBeLessThanOrEqual(5 * MINUTE);
  expect(left).toBeGreaterThan(4 * MINUTE);
});
