import { describe, expect, it } from 'vitest';
import { idOf } from '../../shared/id.ts';
import { fileOf, problemsOf, read, warningsOf } from './file-of.ts';

describe('digests and delivery', () => {
  const digest = (text: string) => fileOf({ digests: `digests: [{digest: Brief, ${text}}]` });
  const twoDigests = (first: string, second: string) =>
    fileOf({
      digests: `digests:\n  - {digest: A, ${first}${first && ', '}watches: [Padlocks], when: at once}\n  - {digest: B, ${second}${second && ', '}watches: [Padlocks], when: at once}`,
    });
  it.each([
    [
      'without watches',
      digest('watches: [], when: at once'),
      '1:36: digests.0.watches: is empty; write for example watches: [Encryption]',
    ],
    [
      'with an unknown watch',
      digest('watches: [Padlcks], when: at once'),
      '1:37: digests.0.watches.0: there is no watch "Padlcks"; did you mean "Padlocks"?',
    ],
    [
      'with a watch twice',
      digest('watches: [Padlocks, Padlocks], when: at once'),
      '1:47: digests.0.watches.1: two entries of this digest are called "Padlocks"; remove one, or give it another name',
    ],
    [
      'at once, and sent when empty',
      digest('watches: [Padlocks], when: at once, empty: send'),
      '1:70: digests.0.empty: at once with empty: send would mail every five minutes; write empty: skip, or a time of day',
    ],
    [
      'at no known time',
      digest('watches: [Padlocks], when: every mon at 07:00'),
      '1:54: digests.0.when: "mon" is not a day; did you mean "monday"?',
    ],
    [
      '101: in no known zone',
      digest('watches: [Padlocks], when: at once, zone: Europe/Lodnon'),
      '1:69: digests.0.zone: "Europe/Lodnon" is not a time zone; did you mean "Europe/London"?',
    ],
    [
      'to two in one',
      digest('watches: [Padlocks], when: at once, to: ["a@example.org, b@example.org"]'),
      '1:68: digests.0.to.0: "a@example.org, b@example.org" is not one address; write each as an entry of its own, without spaces',
    ],
    [
      '72: to a name',
      digest('watches: [Padlocks], when: at once, to: [Desk <a@example.org>]'),
      '1:68: digests.0.to.0: "Desk <a@example.org>" is a name with an address; write the address alone',
    ],
    [
      '53: to a second header',
      digest('watches: [Padlocks], when: at once, to: ["a@example.org\\r\\nBcc: b@example.org"]'),
      '1:68: digests.0.to.0: "a@example.org\\r\\nBcc: b@example.org" holds a line break',
    ],
    [
      '72: to a quoted address',
      digest('watches: [Padlocks], when: at once, to: [\'"the desk"@example.org\']'),
      'digests.0.to.0: "\\"the desk\\"@example.org" holds quotation marks; use an address without them',
    ],
    [
      '72: to 300 characters',
      digest(`watches: [Padlocks], when: at once, to: [${'a'.repeat(290)}@example.org]`),
      'is not a mail address; write one such as press@example.org',
    ],
    [
      'in a city',
      digest('watches: [Padlocks], when: at once, zone: London'),
      '1:69: digests.0.zone: "London" is not a time zone; did you mean "Europe/London"?',
    ],
    [
      '72: to a letter that mail cannot carry',
      digest('watches: [Padlocks], when: at once, to: [adm\u0131n@example.org]'),
      '1:68: digests.0.to.0: "adm\u0131n@example.org" has a letter before the @ that mail cannot carry',
    ],
    [
      'two of one name',
      fileOf({
        digests:
          'digests:\n  - {digest: A, watches: [Padlocks], when: at once}\n  - {digest: A, watches: [Padlocks], when: at once}',
      }),
      '3:14: digests.1.digest: two digests are called "A"; remove one, or give it another name',
    ],
    [
      'two watches of one name',
      fileOf({ watches: 'watches:\n  - watch: Padlocks\n  - watch: Padlocks' }),
      '3:12: watches.1.watch: two watches are called "Padlocks"; remove one, or give it another name',
    ],
    [
      '53: a sender with a line break',
      fileOf({ deliver: 'deliver: {from: "News\\r\\nBcc: x <a@example.org>", zone: UTC}' }),
      '1:17: deliver.from: the name holds a line break',
    ],
    [
      'an abbreviated zone',
      fileOf({ deliver: 'deliver: {from: a@example.org, zone: BST}' }),
      '1:38: deliver.zone: "BST" is not a time zone; write a place, such as Europe/London, or UTC',
    ],
    [
      'an unknown way to sign up',
      fileOf({ deliver: 'deliver: {from: a@example.org, zone: UTC, signup: opn}' }),
      '1:51: deliver.signup: ',
    ],
    [
      'no domain',
      fileOf({ deliver: 'deliver: {from: a@example.org, zone: UTC, signup: {domains: [press@example.org]}}' }),
      '1:62: deliver.signup.domains.0: "press@example.org" is not a domain; write the part after the @, such as example.org',
    ],
    [
      'sent faster than any mailer',
      fileOf({ deliver: 'deliver: {from: a@example.org, zone: UTC, rate: 5000}' }),
      '1:49: deliver.rate: 5000 is out of range; write 1 to 1000',
    ],
    [
      'that was what another is',
      twoDigests('was: B', ''),
      '2:22: digests.0.was: there is a digest called "B" in this file; a digest can only have been what no other is',
    ],
    [
      'that was what it is',
      twoDigests('was: [A]', ''),
      '2:23: digests.0.was.0: this digest is still called "A"; remove it from was',
    ],
    [
      'that were the same',
      twoDigests('was: Old', 'was: [Older, Old]'),
      '3:30: digests.1.was.1: two digests say that they were "Old"; only one can go on with what it had',
    ],
    [
      'that was one thing twice',
      twoDigests('was: [Old, Old]', ''),
      '2:28: digests.0.was.1: "Old" is named twice; name each former name once',
    ],
    [
      'that was nothing',
      twoDigests('was: []', ''),
      '2:22: digests.0.was: is empty; write for example was: Morning brief',
    ],
  ])('%s', (_name, text, problem) => {
    const problems = problemsOf(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  it('a digest keeps the id of the first name that it had', () => {
    const result = read(twoDigests('was: Old', 'was: [Oldest, Older]'));
    expect('config' in result && result.config.digests.map(({ id, name }) => [name, id])).toEqual([
      ['A', idOf('digest', 'Old')],
      ['B', idOf('digest', 'Oldest')],
    ]);
  });

  it('a watch in no digest is a warning', () => {
    const text = fileOf({ watches: 'watches:\n  - watch: Padlocks\n  - watch: Door keys' });
    expect(problemsOf(text)).toEqual([]);
    expect(warningsOf(text)).toEqual([
      '3:12: watches.1.watch: no digest has "Door keys"; nobody will be told of what it finds',
    ]);
  });

  it('senders, addresses and domains are kept in their canonical spelling', () => {
    const result = read(
      fileOf({
        deliver: 'deliver: {from: \'"The Desk" <a@EXAMPLE.org>\', zone: UTC, signup: {domains: [B\u00fccher.example]}}',
        digests:
          'digests: [{digest: Brief, watches: [Padlocks], when: every weekday at 17:00 and 07:00, to: [You@b\u00fccher.example]}]',
      }),
    );
    expect('config' in result && result.config).toMatchObject({
      deliver: { from: 'The Desk <a@example.org>', signup: { kind: 'domains', domains: ['xn--bcher-kva.example'] } },
      digests: [
        {
          to: ['You@xn--bcher-kva.example'],
          zone: 'UTC',
          when: { kind: 'times', days: [1, 2, 3, 4, 5], times: ['07:00', '17:00'] },
        },
      ],
    });
  });
});
