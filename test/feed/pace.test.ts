/** What documents say of their own times, element by element. */
import { describe, expect, it } from 'vitest';
import { paceOf } from '../../shared/feed/pace.ts';

const pace = (said: Readonly<Record<string, readonly string[]>>) => paceOf((name) => said[name] ?? []);

describe('the pace of a feed', () => {
  it.each([
    [{ period: ['hourly'], frequency: ['4'] }, 15],
    [{ period: ['hourly'] }, 60],
    [{ frequency: ['2'] }, 720],
    [{ period: ['Weekly'], frequency: ['0'] }, 10_080],
  ])('%j is an update every %i minutes', (said, minutes) => {
    expect(pace(said)?.updateMinutes).toBe(minutes);
  });

  it.each([
    [{}],
    [{ ttl: ['soon'] }],
    [{ ttl: ['-5'] }],
    [{ hour: ['25', 'noon'] }],
    [{ day: ['Mon'] }],
    [{ period: ['now and then'], frequency: ['2'] }],
  ])('%j says nothing', (said) => {
    expect(pace(said)).toBeNull();
  });

  it('a ttl of 0 is told as it stands (row 27): bounds are the business of who asks', () => {
    expect(pace({ ttl: ['0'] })?.ttlMinutes).toBe(0);
  });
});
