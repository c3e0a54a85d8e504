import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { freePort, listenOnLoopback } from '../../../infra/local/loopback.ts';

it('the wanted port while it is free, else one that is', async () => {
  const wanted = await freePort(0);
  expect(wanted).toBeGreaterThan(0);
  expect(await freePort(wanted)).toBe(wanted);
  const other = await listenOnLoopback(createServer(), wanted);
  onTestFinished(() => other.close());
  const found = await freePort(wanted);
  expect(found).toBeGreaterThan(0);
  expect(found).not.toBe(wanted);
});
