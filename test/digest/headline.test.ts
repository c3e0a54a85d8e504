import { describe, expect, test } from 'vitest';
import { headlineKey, headlineOf, oneContainsOther } from '../../shared/digest/headline.ts';

/** Asked both ways: who is asked first makes no difference. */
function sameStory(one: string, other: string): boolean {
  const a = headlineOf(one, 'Northern Ledger');
  const b = headlineOf(other, 'Harbour Post UK');
  const key = headlineKey(a);
  expect(oneContainsOther(b, a)).toBe(oneContainsOther(a, b));
  return (key !== null && key === headlineKey(b)) || oneContainsOther(a, b);
}

const sameEvent: readonly (readonly [string, string])[] = [
  ['Home Secretary defends encryption plan', 'Home Secretary defends encryption plan - Harbour Post'],
  ['Home Secretary defends encryption plan | Northern Ledger', 'Home Secretary defends the encryption plan'],
  ['BREAKING: Minister quits over data leak', 'Minister quits over data leak'],
  ['Watchdog fines Sample Corp £4m over data breach', 'Watchdog fines Sample Corp £4m after data breach'],
  ['Café chain told to delete customers’ faces', "Cafe chain told to delete customers' faces"],
  ['Ferry runs aground off Northport', 'Ferry runs aground off Northport: live updates'],
  ['Commons passes online safety amendment', 'Commons passes online safety amendment after heated debate'],
  ['Ministers publish draft surveillance code', 'Ministers publish long-awaited draft surveillance code'],
  ['Chip maker opens research centre in Northport', 'Chip maker opens large research centre in Northport'],
  ['Hospital trust hit by ransomware attack', 'Hospital trust hit by ransomware attack, staff say'],
  ['Union calls strike at Northport docks on 3 December', 'Union calls strike at Northport docks on 3 December'],
  ['Ministerium veröffentlicht Entwurf zur Überwachung', 'Ministerium veröffentlicht Entwurf zur Überwachung'],
  ['議会が暗号化 法案を 可決した', '議会が暗号化 法案を 可決した'],
  ['Analysis: what the encryption vote means for ministers', 'What the encryption vote means for ministers'],
];

const otherEvent: readonly (readonly [string, string])[] = [
  // another place or actor
  ['Council approves housing plan in Leeds', 'Council approves housing plan in York'],
  ['Police chief resigns after data leak', 'Northport police chief resigns after data leak'],
  ['Spain fines Sample Corp over data breach', 'Italy fines Sample Corp over data breach'],
  ['Sample Corp workers strike over pay', 'Sample Corp workers in Spain strike over pay'],
  ['Encryption bill passes in the Commons', 'Encryption bill passes in the Lords'],
  ['Example Bank to close 40 branches', 'Sample Bank to close 40 branches'],
  ['Labour MP leads inquiry into police phones', 'Conservative MP leads inquiry into police phones'],
  ['Regulator fines water supplier £4m for late reports', 'Regulator fines energy supplier £4m for late reports'],
  ['Minister for Health visits flooded Northport', 'Minister for Schools visits flooded Northport'],
  ['Minister visits flooded towns after storm', 'Scottish minister visits flooded towns after storm'],
  // another number
  ['Storm kills 3 in coastal towns', 'Storm kills 5 in coastal towns'],
  ['Earthquake of magnitude 6.1 shakes island', 'Earthquake of magnitude 6.4 shakes island'],
  ['Premier division: week 12 results and table', 'Premier division: week 13 results and table'],
  ['Inflation rises to 3.2% in October', 'Inflation rises to 3.4% in October'],
  ['Sample Corp walkout enters day 2 at plant', 'Sample Corp walkout at plant'],
  ['Court fines Sample Corp £4m over breach', 'Court fines Sample Corp £40m over breach'],
  ['Two held over data theft at ministry', 'Three held over data theft at ministry'],
  ['Police arrest men over data theft', 'Police arrest two men over data theft'],
  // the opposite
  ['Commons backs encryption amendment to policing bill', 'Commons rejects encryption amendment to policing bill'],
  ['Sample Corp appeals against privacy fine', 'Sample Corp loses appeal against privacy fine'],
  ['Home Secretary to resign over leak inquiry', 'Home Secretary refuses to resign over leak inquiry'],
  ['Minister ordered phone search, inquiry says', 'Minister denies she ordered phone search, inquiry says'],
  ['MPs vote for encryption amendment bill', 'MPs vote against encryption amendment bill'],
  ['Inflation rises sharply in eurozone', 'Inflation falls sharply in eurozone'],
  ['Court: spy agency broke the law on phone data', 'Court: spy agency never broke the law on phone data'],
  ['Northport dock strike called by union', 'Northport dock strike called off by union'],
  ['Parlament stimmt neuem Gesetz zu, heißt es', 'Parlament stimmt neuem Gesetz nicht zu, heißt es'],
  // the order tells who does what
  ['Northport beats Southport in cup final', 'Southport beats Northport in cup final'],
  ['Sample Corp sues Example Bank for damages', 'Example Bank sues Sample Corp for damages'],
  // another time round
  ['Hospital trust hit by ransomware attack', 'Hospital trust hit again by ransomware attack'],
  ['Minister quits over data leak', 'Former minister quits over data leak'],
  ['Ferry runs aground off Northport', 'Second ferry runs aground off Northport'],
  // another story
  [
    'Home Secretary defends encryption plan',
    'Encryption plan: what the Home Secretary left unsaid about police phones',
  ],
  ['Ransomware attack shuts hospital wards', 'Ransomware gang demands payment for hospital files'],
  // too short to tell
  ['Politics live', 'Politics live'],
  ['News in brief', 'News in brief'],
  ['Weather forecast', 'Weather forecast'],
  // scripts without capitals: a name cannot be told from another word
  ['البرلمان يقر قانون التشفير الجديد', 'البرلمان يقر قانون التشفير الجديد مصر'],
];

describe('headlines of one event are joined', () => {
  test.each(sameEvent)('%s = %s', (one, other) => {
    expect(sameStory(one, other)).toBe(true);
  });
});

describe('look-alike headlines of different events are never joined', () => {
  test.each(otherEvent)('%s ≠ %s', (one, other) => {
    expect(sameStory(one, other)).toBe(false);
  });
});

describe('a last part after a dash', () => {
  test.each([
    ['the outlet', 'Minister quits over leak - Harbour Post', 'Harbour Post'],
    ['the outlet without its section', 'Minister quits over leak – Harbour Post', 'Harbour Post: politics'],
    ['the outlet with its country', 'Minister quits over leak | Harbour Post UK', 'Harbour Post'],
  ])('is left out when it names %s', (_, title, outlet) => {
    expect(headlineOf(title, outlet).words).toEqual(['minister', 'quits', 'leak']);
  });

  test.each(['Minister quits over leak - again', 'Minister quits over leak - Post Office inquiry'])(
    'is kept in "%s"',
    (title) => {
      expect(headlineOf(title, 'Harbour Post').words.length).toBeGreaterThan(3);
    },
  );
});
