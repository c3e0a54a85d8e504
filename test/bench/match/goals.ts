/** What the engine is meant to reach, beside what a run measured. */
import { figure, tableOf } from './table.ts';

/** Figures of a run, by what they are about. */
export type Measured = Map<string, number>;

interface Goal {
  readonly what: string;
  /** Key in what was measured. */
  readonly of: string;
  readonly least?: number;
  readonly most?: number;
  readonly unit: string;
}

const goals: readonly Goal[] = [
  { what: '10,000 terms against Hyperscan', of: 'sparse 10000 Hyperscan', least: 2, unit: 'x' },
  { what: '10,000 terms against the best in JavaScript', of: 'sparse 10000 JavaScript', least: 15, unit: 'x' },
  { what: '100,000 terms against Hyperscan', of: 'sparse 100000 Hyperscan', least: 6, unit: 'x' },
  { what: '100,000 terms against the best in JavaScript', of: 'sparse 100000 JavaScript', least: 40, unit: 'x' },
  { what: '1,000,000 terms', of: 'sparse 1000000 MB/s', least: 50, unit: ' MB/s' },
  { what: '10,000 full rules', of: 'rules 10000 articles/s', least: 100_000, unit: ' articles/s' },
  { what: '16-bit characters against ASCII', of: '16-bit', least: 0.7, unit: 'x' },
  { what: '100,000 terms: load', of: 'cold 100000 load', most: 5, unit: ' ms' },
  { what: '100,000 terms: artifact', of: 'cold 100000 artifact', most: 4, unit: ' MB' },
  { what: '10,000 terms: first 100 entries of a new process', of: 'cold 10000 first', most: 15, unit: ' ms' },
  { what: 'the worst hostile text against ordinary ones', of: 'hostile', least: 0.05, unit: 'x' },
];

/** @returns a table of the goals that this run says something of; all are medians, but the hostile one is of best laps */
export function goalsTable(measured: Measured): string {
  const rows = goals.flatMap(({ what, of, least, most, unit }) => {
    const value = measured.get(of);
    if (value === undefined) return [];
    const isMet = value >= (least ?? Number.NEGATIVE_INFINITY) && value <= (most ?? Number.POSITIVE_INFINITY);
    const bound = least === undefined ? `at most ${figure(most ?? 0)}` : `at least ${figure(least)}`;
    return [[what, bound + unit, figure(value) + unit, isMet ? 'met' : 'MISSED']];
  });
  return rows.length === 0 ? 'nothing measured: the engine took no part' : tableOf(['', 'goal', 'measured', ''], rows);
}
