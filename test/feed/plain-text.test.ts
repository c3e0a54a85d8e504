import { describe, expect, it } from 'vitest';
import { plainText } from '../../shared/feed/plain-text.ts';

describe('what a person reads', () => {
  it.each([
    ['html', '<p>One</p><p>two</p>', 'One two'],
    ['html', 'un<b>believ</b>able', 'unbelievable'],
    ['html', 'a<br>b<td>c</td>', 'a b c'],
    ['html', 'x<script>if (a < b) {}</script>y<style>p{}</style>z', 'x y z'],
    ['html', 'Caf&eacute; &amp; bar&#8217;s &lt;b&gt;', 'Café & bar’s <b>'],
    ['html', '<a href="x>y" title=\'<p>\'>link</a>', 'link'],
    ['html', '<!-- hidden -->shown', 'shown'],
    ['html', '  many \n\t spaces\u00a0here ', 'many spaces here'],
    ['text', 'a <b> c &amp; d', 'a <b> c &amp; d'],
    ['unsaid', 'a &lt;b&gt; c', 'a <b> c'],
    ['unsaid', 'List<String> < Set', 'List<String> < Set'],
    ['unsaid', '<P>shouted</P>', 'shouted'],
    ['text', 'be\u0007ll \ud800 half', 'bell half'],
  ] as const)('%s: %j', (kind, source, expected) => {
    expect(plainText(source, kind)).toBe(expected);
  });

  it('is nothing when only markup is there', () => {
    expect(plainText('<p><img src="x"></p>', 'html')).toBeNull();
  });
});
