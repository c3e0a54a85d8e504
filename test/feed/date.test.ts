import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDate } from '../../shared/feed/date.ts';
import { iso } from '../../shared/time.ts';

describe('a date of a feed', () => {
  it.each([
    ['Thu, 01 Jan 2004 19:48:21 GMT', '2004-01-01T19:48:21Z'],
    ['Thu, 1 Jan 04 19:48 EST', '2004-01-02T00:48:00Z'],
    ['Thu, 01 Jan 2004 19:48:21 +0530', '2004-01-01T14:18:21Z'],
    ['Wed, 02 Oct 2002 15:00:00 UTC+2', '2002-10-02T13:00:00Z'],
    ['Mon, 05 Jan 2004 19:48:21 GMT+0100 (CET)', '2004-01-05T18:48:21Z'],
    ['Thu, 01 Jan 2004 24:00:00 GMT', '2004-01-02T00:00:00Z'],
    ['Tue, 14 Jul 2020 08.30.00 GMT', '2020-07-14T08:30:00Z'],
    ['Mon Jan  5 19:48:21 EST 2004', '2004-01-06T00:48:21Z'],
    ['mar. 02 août 2011 10:00:00 +0200', '2011-08-02T08:00:00Z'],
    ['Пн, 05 янв 2004 10:00:00 +0300', '2004-01-05T07:00:00Z'],
    ['2004년 05월 28일 12:00:00', '2004-05-28T12:00:00Z'],
    ['Monday, January 5th, 2004 10:00 PM', '2004-01-05T22:00:00Z'],
    ['13-Mar-2009 10:11:12 CET', '2009-03-13T09:11:12Z'],
    ['01/05/2004 12:10 AM', '2004-01-05T00:10:00Z'],
    ['25/12/2004', '2004-12-25T00:00:00Z'],
    ['05.01.2004 10:00', '2004-01-05T10:00:00Z'],
    ['2004-01-05T19:48:21.5+01:00', '2004-01-05T18:48:21.500Z'],
    ['20040105T194821Z', '2004-01-05T19:48:21Z'],
    ['2004-01-05 19:48:21 PST', '2004-01-06T03:48:21Z'],
    ['2004-005', '2004-01-05T00:00:00Z'],
    ['2004-01', '2004-01-01T00:00:00Z'],
    ['2004', '2004-01-01T00:00:00Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59Z'],
  ])('%s is %s', (written, expected) => {
    expect(iso(parseDate(written)!)).toBe(expected);
  });

  it.each(['', 'yesterday', 'soon', '31 Apr 2020', '2020-13-01', '2020-02-30T00:00:00Z', '1104537600', '99:99'])(
    'cannot be told from "%s"',
    (written) => {
      expect(parseDate(written)).toBeNull();
    },
  );

  it('is an instant that can be printed, or none, whatever is written', () => {
    const words = fc.constantFrom(
      'Mon',
      'Jan',
      '2004',
      '05',
      '10:00',
      '+9999',
      'EST',
      '-',
      'T',
      'Z',
      'PM',
      '0000',
      '.',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((all) => all.join(' ')),
        ),
        (written) => {
          const at = parseDate(written);
          if (at !== null) expect(iso(at)).toMatch(/^\d{4}-/);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});
