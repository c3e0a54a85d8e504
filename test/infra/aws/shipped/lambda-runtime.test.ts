/** That the Lambda of these tests is as hard as the real one: what it must not let pass, it does not. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../local/temporary-folder.ts';
import { type InvocationFailed, runFunction, type Shipped } from './lambda-runtime.ts';

async function running(code: string, options: Partial<Shipped> = {}) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'index.mjs'), code);
  const shipped = {
    name: 'sample',
    folder,
    handler: 'index.handler',
    timeoutSeconds: 10,
    memoryMb: 128,
    environment: {},
  };
  const made = await runFunction({ ...shipped, ...options });
  onTestFinished(made.close);
  return made;
}

const errorOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (fault: InvocationFailed) => `${fault.message}`,
  );

describe('a function of a deployment on this machine', () => {
  it('answers what its handler does, in one process for all events', async () => {
    const made = await running('let n = 0; export const handler = async (event) => ({ n: ++n, event });');
    expect(await Promise.all([made.invoke('a'), made.invoke('b')])).toEqual([
      { n: 1, event: 'a' },
      { n: 2, event: 'b' },
    ]);
    expect(made.coldStarts()).toBe(1);
  });

  it('is not there under a name that its code does not export', async () => {
    const made = await running('export const handler = async () => 1;', { handler: 'index.main' });
    expect(await errorOf(made.invoke({}))).toBe('Runtime.HandlerNotFound: index.main is undefined or not exported');
  });

  it('says what its code threw while it was loaded, and what its handler threw', async () => {
    const broken = await running('throw new TypeError("no such setting");');
    expect(await errorOf(broken.invoke({}))).toBe('TypeError: no such setting');
    const failing = await running('export const handler = async () => { throw new RangeError("too far"); };');
    expect(await errorOf(failing.invoke({}))).toBe('RangeError: too far');
    expect(await errorOf(failing.invoke({}))).toBe('RangeError: too far');
    expect(failing.coldStarts()).toBe(1);
  });

  it('is killed when its time is over, and begins anew with the next event', async () => {
    const made = await running(
      'export const handler = async (event, { getRemainingTimeInMillis }) => { if (event) for (;;); return getRemainingTimeInMillis(); };',
      { timeoutSeconds: 1 },
    );
    expect(await errorOf(made.invoke(true))).toBe('Sandbox.Timedout: Task timed out after 1 seconds');
    expect(await made.invoke(false)).toBeGreaterThan(0);
    expect(made.coldStarts()).toBe(2);
  });

  it('dies of more memory than it has', async () => {
    const made = await running(
      'export const handler = async () => { const all = []; for (;;) all.push(new Array(1e6).fill({})); };',
      { memoryMb: 40 },
    );
    expect(await errorOf(made.invoke({}))).toMatch(/^Runtime\.ExitError/);
  });

  it('knows nothing of this machine’s own environment', async () => {
    const made = await running('export const handler = async () => Object.keys(process.env);', {
      environment: { NEWS_TABLE: 'news' },
    });
    const names = (await made.invoke({})) as string[];
    expect(names).toContain('NEWS_TABLE');
    expect(names.filter((name) => /^(?:HOME|PATH|NODE_.*|VITEST.*|npm_.*)$/.test(name))).toEqual([]);
  });
});
