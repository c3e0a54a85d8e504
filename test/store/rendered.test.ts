import { expect, it } from 'vitest';
import { renderPages } from '../../shared/digest/render.ts';
import { storiesOf } from '../../shared/digest/story.ts';
import { limits } from '../../shared/limits.ts';
import { issuePageOf, putIssuePages } from '../../shared/store/rendered.ts';
import { hit, receipt, slotAt } from '../digest/sample.ts';
import { memoryTable } from '../simulation/memory-table.ts';

/** Text that nothing compresses: any of 20,000 Chinese characters. */
function noise(seed: number, chars: number): string {
  let state = seed + 1;
  return Array.from({ length: chars }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return String.fromCodePoint(0x4e00 + (state % 20_000));
  }).join('');
}

it('a page of the longest stories is below what an item may have', async () => {
  const news = memoryTable();
  const hits = Array.from({ length: limits.storiesPerPage + 1 }, (_, n) => ({
    ...hit({ title: noise(n, limits.mailTitleCharsMax), entry: `e${n}` }),
    link: `https://news.example/${n}`,
    excerpt: { text: noise(n + 1_000, limits.excerptCharsMax), marks: [] },
  }));
  const pages = renderPages({
    digestName: 'Brief',
    zone: 'UTC',
    slotAt,
    frozenAt: slotAt,
    watches: [{ id: 'w-encryption', name: 'Encryption' }],
    stories: storiesOf(hits),
    receipt: receipt(),
  });
  await putIssuePages(news, 'issue', pages);
  const sizes = news.items().map(({ html }) => (html instanceof Uint8Array ? html.byteLength : 0));
  expect(sizes).toHaveLength(2);
  expect(Math.max(...sizes)).toBeGreaterThan(200_000);
  expect(Math.max(...sizes)).toBeLessThan(390_000);
  expect(await issuePageOf(news, 'issue', 2)).toBe(pages[1]);
  expect(await issuePageOf(news, 'issue', 3)).toBeNull();
});
