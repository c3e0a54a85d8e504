/** What mail programs can show, by the data of caniemail.com: the mail uses nothing that the large ones lack. */
import { caniemail } from 'caniemail';
import { expect, it } from 'vitest';
import { renderIssue } from '../../shared/digest/render.ts';
import { storiesOf } from '../../shared/digest/story.ts';
import { DAY } from '../../shared/time.ts';
import { hit, receipt, slotAt } from '../digest/sample.ts';

/** Gmail, Outlook (Windows, Mac, phones, the web) and Apple Mail. Windows Mail was shut down at the end of 2024. */
const clients = [
  'gmail.*',
  'outlook.android',
  'outlook.ios',
  'outlook.macos',
  'outlook.outlook-com',
  'outlook.windows',
  'apple-mail.*',
] as const;

/** What only adds, and what becomes of the mail without it. */
const enhancements: Readonly<Record<string, string>> = {
  '@media': 'dark colours and narrow margins; without it light colours and wide margins, both readable',
  '<style> element': 'only holds what is named here; all that counts stands inline',
  'Type selector': 'the fonts of cells; without it the default font',
  'color-scheme meta tag': 'says that the mail has dark colours of its own; without it the client darkens it itself',
  'max-height property': 'hides the preheader once more; display:none does it already',
  overflow: 'hides the preheader once more; display:none does it already',
  'display:none': 'without it the preheader stands over the mail as a line of headlines',
  'table-layout': 'keeps long words from widening the mail; word-break breaks them too',
  'overflow-wrap': 'breaks long words where they are not broken yet; word-break breaks them too',
  'border-radius': 'round corners',
  '<body> element': 'Outlook on the Mac keeps its content and drops its colours, which the table repeats',
};

/** Everything that a client lacks, by its name in the data. */
function lacking(html: string): string[] {
  const { issues } = caniemail({ clients: [...clients], html });
  return [...new Set([...issues.errors.values()].flatMap((found) => found.map(({ title }) => title)))].toSorted();
}

const title = 'Home Secretary defends encryption plan';
const { html } = renderIssue({
  digestName: 'Security brief',
  zone: 'Europe/London',
  slotAt,
  frozenAt: slotAt,
  watches: [
    { id: 'w-encryption', name: 'Encryption' },
    { id: 'w-home', name: 'Home Secretary' },
  ],
  stories: storiesOf([
    { ...hit({ title }), title: { text: title, marks: [[23, 33]] }, excerpt: { text: 'Two words', marks: [[0, 3]] } },
    hit({ title, outlet: 'Harbour Post', watch: 'w-home' }),
  ]),
  receipt: receipt({
    feeds: {
      read: 7,
      unread: ['Quay News'],
      failing: [{ name: 'Coast', why: 'blocked', detail: 'HTTP 403', since: slotAt - DAY }],
    },
    watches: [{ name: 'Encryption', hits: 1 }],
  }),
});

it('a mail uses nothing that Gmail, Outlook or Apple Mail lack, but for what only adds', () => {
  expect(lacking(html).filter((name) => !(name in enhancements))).toEqual([]);
});

it('every addition that is named is one that the mail has', () => {
  expect(Object.keys(enhancements).filter((name) => !lacking(html).includes(name))).toEqual([]);
});

it('what they lack is found', () => {
  const planted = html.replace('</h1>', '</h1><video src="x"></video><div style="display:grid;gap:4px">x</div>');
  expect(lacking(planted)).toEqual(
    expect.arrayContaining(['<video> element', 'display:grid', 'gap, column-gap, row-gap']),
  );
});
