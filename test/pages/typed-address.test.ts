/** Addresses as people, and others, type them into a form. */
import { describe, expect, it } from 'vitest';
import { outsideSignup, typedAddress } from '../../shared/pages/typed-address.ts';

describe('a typed address (row 72)', () => {
  it.each([
    ['press@example.org', 'press@example.org'],
    ['  press@example.org ', 'press@example.org'],
    ['Press.Office+news@Example.ORG', 'Press.Office+news@example.org'],
    ["o'brien@news.example", "o'brien@news.example"],
    ['press@bücher.example', 'press@xn--bcher-kva.example'],
    // A dotless i in the domain is another domain, and is written to as that and no other.
    ['press@gıthub.example', 'press@xn--gthub-n4a.example'],
  ])('%j is one exact recipient', (typed, address) => {
    expect(typedAddress(typed)).toEqual({ address });
  });

  it.each([
    ['nothing', ''],
    ['a line break', 'press@example.org\r\nBcc: other@example.org'],
    ['a line break at the local part', 'press\n@example.org'],
    ['a list', 'press@example.org, other@example.org'],
    ['a list with a semicolon', 'press@example.org;other@example.org'],
    ['a display name', 'Press <press@example.org>'],
    ['a quoted local part', '"press office"@example.org'],
    ['a comment', 'press(office)@example.org'],
    ['300 characters', `${'p'.repeat(288)}@example.org`],
    ['a local part of 65 characters', `${'p'.repeat(65)}@example.org`],
    ['a domain of 260 characters', `p@${`${'d'.repeat(50)}.`.repeat(5)}example`],
    ['a dotless i before the @', 'pıress@example.org'],
    ['a Cyrillic letter before the @', 'рress@example.org'],
    ['two @', 'press@office@example.org'],
    ['no domain', 'press@'],
    ['no local part', '@example.org'],
    ['a host without a dot', 'press@localhost'],
    ['an address of a machine', 'press@[192.0.2.1]'],
    ['a bare address of a machine', 'press@192.0.2.1'],
    ['a dot at the end', 'press@example.org.'],
    ['two dots', 'press..office@example.org'],
    ['a NUL', 'press\u0000@example.org'],
    ['a mark that turns writing around', 'press\u202e@example.org'],
  ])('is refused with %s', (_, typed) => {
    expect(typedAddress(typed)).toHaveProperty('problem');
  });
});

describe('who may sign up', () => {
  const signup = { kind: 'domains', domains: ['example.org', 'press.example'] } as const;

  it('is told by the rule, which is public', () => {
    expect(outsideSignup('press@example.org', signup)).toBeNull();
    expect(outsideSignup('press@other.example', signup)).toBe(
      'Only addresses under example.org or press.example can subscribe here.',
    );
  });

  it('is no one below a domain that is named: the part after the @ is equal or not', () => {
    expect(outsideSignup('press@sub.example.org', signup)).not.toBeNull();
    expect(outsideSignup('press@notexample.org', signup)).not.toBeNull();
  });
});
