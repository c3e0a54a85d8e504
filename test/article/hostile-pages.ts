/**
 * Pages made to hurt whoever reads them, each near a limit or far over it. Run as a program, it reads each and prints how
 * many milliseconds of the processor that took as one JSON object: a process of its own, so that the figures are of nothing else.
 */
import { readArticle } from '../../shared/article/article.ts';
import { limits } from '../../shared/limits.ts';

const start = '<!doctype html><html><body>';
const sentence = 'some text, that is long enough to be scored here, yes it is. ';
const times = (count: number, text: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => text(n)).join('');
const most = limits.articleElementsMax;
const deepest = limits.articleDepthMax;

export const hostilePages: Readonly<Record<string, () => string>> = {
  'row 34: 200,000 nested elements': () => `${start}${'<div>'.repeat(200_000)}x${'</div>'.repeat(200_000)}`,
  'row 34: 200,000 nested elements with texts': () => `${start}${'<span>a, '.repeat(200_000)}`,
  'row 34: 200,000 attributes': () => `${start}<p ${times(200_000, (n) => `a${n}=1 `)}>hello</p>`,
  'row 34: 10 MB of references': () => `${start}<p>${'&#65;'.repeat(2_000_000)}</p>`,
  'row 35: elements and attributes named like members of objects': () =>
    `${start}<__proto__ constructor=1 __proto__=2><p class=__proto__>${sentence.repeat(20)}</p></__proto__><hasOwnProperty>x`,
  'as many references as are read': () => `${start}<p>${'&#65;'.repeat(limits.articleTextCharsMax)}</p>`,
  'one text as long as is read': () => `${start}<p>${'word, and '.repeat(limits.articleTextCharsMax / 10 - 10)}</p>`,
  'nothing but spaces': () => `${start}<p>${' '.repeat(limits.articleTextCharsMax - 100)}x</p>`,
  'nothing but <': () => '<'.repeat(limits.articleTextCharsMax),
  'nothing but </': () => '</'.repeat(limits.articleBytesMax / 2),
  'nothing but comments that begin': () => `${start}${'<!--'.repeat(limits.articleBytesMax / 5)}`,
  'one class of 3 MB': () => `${start}<p class="${'comment '.repeat(400_000)}">hello</p>`,
  'one title of 3 MB': () => `<title>${'a - b | '.repeat(60_000)}</title>${start}<p>hello</p>`,
  'as many paragraphs as are read': () => `${start}${`<p>${sentence}</p>`.repeat(most - 10)}`,
  'as many headlines': () => `${start}${'<h1>a b c d e f</h1>'.repeat(most - 10)}`,
  'as many styles of spaces': () => `${start}${`<div style="${' '.repeat(400)}">x</div>`.repeat(most - 10)}`,
  'as many long classes': () => `${start}${`<div class="${'comment and '.repeat(33)}">abc</div>`.repeat(most - 10)}`,
  'as many forms in comments': () => `${start}${'<div class="comment"><form>a b c</form></div>'.repeat(most / 2 - 10)}`,
  'lists of links': () => `${start}${`<ul>${'<li><a href=x>abc</a> de</li>'.repeat(4)}</ul>`.repeat(most / 10)}`,
  'tables in tables': () =>
    `${start}${`${'<table><tr><td>'.repeat(20)}some text${'</td></tr></table>'.repeat(20)}`.repeat(most / 62)}`,
  'lines parted by breaks': () => `${start}<div>${'text, more <br><br> '.repeat(most / 2 - 10)}`,
  'texts at every depth': () => `${start}${times(deepest - 2, () => `<div>${`<p>${sentence}</p>`.repeat(120)}`)}`,
  'blocks at every depth': () =>
    `${start}${times(deepest - 2, () => `<div class=article>${`<div>${sentence}</div>`.repeat(120)}`)}`,
  'all texts at the greatest depth': () =>
    `${start}${'<div>'.repeat(deepest - 2)}${`<p>${sentence}</p>`.repeat(most - deepest)}`,
  '700,000 end tags of nothing': () => `${start}${'<div>'.repeat(deepest)}${'</p>'.repeat(700_000)}`,
  'linked data nested 100,000 deep': () =>
    `<script type="application/ld+json">${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}</script>${start}`,
  'linked data of 100,000 things': () =>
    `<script type="application/ld+json">[${'{},'.repeat(100_000)}{"articleBody":"x"}]</script>${start}`,
};

if (import.meta.main) {
  const took: Record<string, number> = {};
  for (const [name, page] of Object.entries(hostilePages)) {
    const bytes = Buffer.from(page());
    const begun = process.cpuUsage();
    readArticle(bytes, 'text/html', null);
    const { user, system } = process.cpuUsage(begun);
    took[name] = (user + system) / 1_000;
  }
  console.log(JSON.stringify(took));
}
