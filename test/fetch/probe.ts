/** What a piece of work costs this process: time, the longest moment in which nothing else could run, and memory. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface Cost {
  readonly ms: number;
  /** The longest time that a timer was late. */
  readonly blockedMs: number;
  /** How far buffers grew at most: bytes of the wire, packed and unpacked. */
  readonly bufferMb: number;
}

export async function costOf<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly cost: Cost }> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const before = process.memoryUsage().arrayBuffers;
  let most = before;
  const sample = setInterval(() => {
    most = Math.max(most, process.memoryUsage().arrayBuffers);
  }, 5);
  delay.enable();
  const began = performance.now();
  try {
    const result = await work();
    const ms = performance.now() - began;
    most = Math.max(most, process.memoryUsage().arrayBuffers);
    return { result, cost: { ms, blockedMs: delay.max / 1e6, bufferMb: (most - before) / 1024 / 1024 } };
  } finally {
    delay.disable();
    clearInterval(sample);
  }
}
