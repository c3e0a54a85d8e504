/** What a receipt says was told before must have been told: by this digest, and in these words. */
import { describe, expect, it } from 'vitest';
import { coverageLines } from '../../shared/digest/coverage-lines.ts';
import { localTime } from '../../shared/digest/local-time.ts';
import { type Before, receiptOf } from '../../shared/digest/receipt.ts';
import type { FeedState } from '../../shared/poll/feed-state.ts';
import { judge } from '../../shared/poll/judge.ts';
import { feedMark } from '../../shared/poll/look.ts';
import { DAY, HOUR } from '../../shared/time.ts';
import { failed, feedAt, noon } from '../poll/situations.ts';

const feed = feedAt();
const timeout = judge(feed, null, failed({ why: 'timeout', detail: 'No answer.' }), noon).state;

function failingLine(state: FeedState | null, change: Partial<Before> = {}): string | undefined {
  const before = { at: noon + DAY, toldAt: noon + DAY, scanned: { [feedMark(feed.id)]: 0 }, ...change };
  const receipt = receiptOf(before, noon + 2 * DAY, [{ feed, state }], [], []);
  return coverageLines(receipt, localTime('UTC', noon + 2 * DAY)).failing[0]?.text;
}

describe('the line of a feed that fails', () => {
  it('is short once it was told at length', () => {
    expect(failingLine(timeout)).toBe('No answer in time; failing since Mon 23 Nov, 12:00, as told before.');
  });

  it('claims nothing of the reason that began the run when that is another by now', () => {
    const error = judge(
      feed,
      timeout,
      failed({ why: 'server error', detail: 'The server answered 500.' }),
      noon + HOUR,
    );
    expect(failingLine(error.state)).toBe('Server error; failing since Mon 23 Nov, 12:00, as told before.');
  });

  it('is told at length by a digest that had not looked at the feed before', () => {
    expect(failingLine(timeout, { scanned: {} })).toBe(
      'No answer in time; failing since Mon 23 Nov, 12:00. No answer.',
    );
  });
});
