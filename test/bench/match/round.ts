/** Contenders with the same terms on the same texts, in turns, so that what else the machine does meets all of them. */
import type { Absent, Contest, Entrant, Lap, Readiness } from './contest.ts';
import { median } from './table.ts';

export interface Result {
  readonly name: string;
  readonly ready: Readiness;
  readonly peakBytes: number | null;
  /** One a round. */
  readonly laps: readonly Lap[];
}

export const mbPerSecond = ({ bytes, cpuMs }: Lap): number => bytes / 1_000 / cpuMs;

/** Of each paired round the one speed over the other; the median of them. */
export function ratio(ours: Result, theirs: Result): number {
  return median(ours.laps.map((lap, nth) => mbPerSecond(lap) / mbPerSecond(theirs.laps[nth]!)));
}

type Present = Exclude<Entrant, Absent>;

export const isPresent = (entrant: Entrant): entrant is Present => 'contest' in entrant;

/** The first round is for warming up and is not counted. */
export async function inTurns(
  entrants: readonly Present[],
  texts: string,
  { rounds, lapMs }: { readonly rounds: number; readonly lapMs: number },
): Promise<(Result | Absent)[]> {
  const laps = new Map<Contest, Lap[]>(entrants.map(({ contest }) => [contest, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const { contest } of entrants) {
      const known = laps.get(contest);
      if (known === undefined) continue;
      const lap = await contest.lap(texts, lapMs);
      if (lap === null) laps.delete(contest);
      else if (round > 0) known.push(lap);
    }
  }
  return entrants.map(({ name, contest, ready }) => {
    const driven = laps.get(contest);
    return driven === undefined
      ? { name, absent: 'ended or hung while it was timed' }
      : { name, ready, peakBytes: contest.peakBytes(), laps: driven };
  });
}
