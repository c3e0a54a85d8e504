/** Time of one core, not of the clock on the wall: what other programs do meanwhile counts for nothing. */

/** Milliseconds of CPU that `work` takes, its own threads included. */
export async function cpuMilliseconds(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
