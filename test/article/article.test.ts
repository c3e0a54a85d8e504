import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readArticle } from '../../shared/article/article.ts';
import { limits } from '../../shared/limits.ts';
import { hostilePages } from './hostile-pages.ts';

const words = 'The harbour board has decided that the ferry stays for another winter, as the island asked for. ';
const read = (html: string) => readArticle(Buffer.from(html), 'text/html; charset=utf-8', null);

describe('a hostile page', () => {
  // All of them in a process that would die of more memory.
  const heap = '--max-old-space-size=150';
  const ran = spawnSync(process.execPath, [heap, 'test/article/hostile-pages.ts'], { encoding: 'utf8' });
  const cpuMs: Readonly<Record<string, number>> = ran.status === 0 ? JSON.parse(ran.stdout) : {};

  it('is read within 150 MB of memory', () => {
    expect(ran.stderr).toBe('');
    expect(ran.status).toBe(0);
  });

  it.each(Object.keys(hostilePages))('%s: takes no second of the processor', (name) => {
    expect(cpuMs[name]).toBeLessThan(1_000);
  });

  it('row 35: changes no prototype', () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    read(hostilePages['row 35: elements and attributes named like members of objects']!());
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('of any shape gives an article or says that there is none', () => {
    const pieces = fc.constantFrom(
      '<div>',
      '</div>',
      '<p>',
      '</p>',
      '<table><tr><td>',
      '</table>',
      '<li>',
      '<script>',
      '</script>',
      '<!--',
      '-->',
      '<a href=x>',
      '</a>',
      '<br>',
      '<noscript>',
      '<svg/>',
      '<nav>',
      '<title>',
      '</title>',
      '&amp;',
      '&#0;',
      '<p class="',
      '"',
      words,
      '<',
      '>',
      '\0',
    ); // prettier-ignore
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        expect(['article', 'none']).toContain(read(parts.join('')).kind);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a page', () => {
  it('over a limit is not read in part: a half article is none', () => {
    expect(read(`<p>${words.repeat(60_000)}</p>`)).toEqual({ kind: 'none', why: 'too large' });
    expect(read('<p>x</p>'.repeat(limits.articleElementsMax + 1))).toEqual({ kind: 'none', why: 'too large' });
    expect(read(`<p>${words.repeat(limits.articleTextCharsMax / words.length + 1)}</p>`)).toEqual({
      kind: 'none',
      why: 'too large',
    });
  });

  it('with text below the deepest level keeps the text', () => {
    const html = `<html><body>${'<div>'.repeat(150)}<p>${words.repeat(5)}</p>${'</div>'.repeat(150)}<p>${words.repeat(4)}The end.</p></body></html>`;
    expect(read(html)).toMatchObject({ kind: 'article', text: expect.stringContaining('harbour board') });
  });

  it('does not count drawings and scripts among its elements', () => {
    const drawing = `<svg>${'<path d="M0 0"/>'.repeat(limits.articleElementsMax)}</svg>`;
    expect(read(`<p>${words.repeat(5)}</p>${drawing}<p>${words.repeat(5)}</p>`)).toMatchObject({ kind: 'article' });
  });

  it.each(['application/pdf', 'image/png', 'application/json'])('of type %s is none', (type) => {
    expect(readArticle(Buffer.from(`<p>${words.repeat(9)}</p>`), type, null)).toEqual({ kind: 'none', why: 'no text' });
  });
});
