import { describe, expect, it } from 'vitest';
import { webAddress } from '../../shared/feed/links.ts';

describe('an address of a feed', () => {
  it.each([
    ['https://news.example/a?b=c&d#e', 'https://news.example/a?b=c&d#e'],
    ['  https://news.example/a ', 'https://news.example/a'],
    ['/a', 'https://base.example/a'],
    ['//other.example/a', 'https://other.example/a'],
    ['https://zürich.example/ä', 'https://xn--zrich-kva.example/%C3%A4'],
    ['https://news.example/a"b', 'https://news.example/a%22b'],
    ['http://[2001:db8::1]:8080/', 'http://[2001:db8::1]:8080/'],
  ])('44: %s leads to %s', (written, address) => {
    expect(webAddress(written, 'https://base.example/feed')).toBe(address);
  });

  it.each([
    '',
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'data:text/html,x',
    'mailto:a@b.example',
    'http://',
    'http://"quoted.example/',
    "http://'quoted.example/",
    `https://news.example/${'a'.repeat(10_000)}`,
  ])('55: %s leads nowhere', (written) => {
    expect(webAddress(written, null)).toBeNull();
  });
});
