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
    ['html', 'a < b, 5 <6 and <3', 'a < b, 5 <6 and <3'],
    ['html', '<a href="x>one</a> two', 'one two'],
    ['html', 'one<!-- never closed <p>two', 'one'],
    ['html', 'one<script>var a = "</p>"; never closed', 'one'],
    ['html', 'one<template>two</template><?xml:namespace prefix = o /><!x>three', 'one three'],
    ['html', '5&nbsp;km &copy 2026, R&D &AMP &notin; &#8217;', '5 km © 2026, R&D & ∉ ’'],
    ['html', '<![CDATA[<p>one</p> two]]>', 'one two'],
    ['html', 'one <![CDATA[two]]> three', 'one two three'],
    ['html', '<svg:title>one</svg:title>two', 'one two'],
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
