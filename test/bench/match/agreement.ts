/** Whether contenders find the same number of terms, block of articles by block. */

export interface Counted {
  readonly name: string;
  readonly findsEvery: boolean;
  /** Hits of each 250 articles; a slow contender counted fewer of them. */
  readonly hits: readonly number[];
}

export interface Verdict {
  readonly name: string;
  readonly says: string;
  /** False for two that should agree and do not. */
  readonly isRight: boolean;
}

const blockArticles = 250;

/** @param all the first that finds every term and counted most is what the others are held against */
export function agreementOf(all: readonly Counted[], articles: number): Verdict[] {
  const complete = all.filter(({ findsEvery }) => findsEvery);
  const reference = complete.find(({ hits }) => hits.length === Math.max(...complete.map((each) => each.hits.length)));
  if (reference === undefined) return [];
  return all.map(({ name, findsEvery, hits }) => {
    const blocks = Math.min(hits.length, reference.hits.length);
    const looked = Math.min(articles, blocks * blockArticles).toLocaleString('en-GB');
    const [own, theirs] = [sum(hits.slice(0, blocks)), sum(reference.hits.slice(0, blocks))];
    const isSame = hits.slice(0, blocks).every((count, block) => count === reference.hits[block]);
    const says = isSame
      ? `${own.toLocaleString('en-GB')} hits in ${looked} articles`
      : `${own.toLocaleString('en-GB')} of ${theirs.toLocaleString('en-GB')} hits (${((100 * own) / theirs).toFixed(2)} %) in ${looked} articles`;
    return { name, says, isRight: isSame || !findsEvery };
  });
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
