import { expect, test } from 'vitest';
import { reasonLine } from '../../shared/watch/explain.ts';
import type { Reason } from '../../shared/watch/hit.ts';

const title = (line: string, text: string | null = line): Reason => ({ line, field: 'title', text });
const body = (line: string, text: string | null = line): Reason => ({ line, field: 'content', text });

test.each([
  ['one', [title('lawful access')], 'lawful access in the headline'],
  [
    'the words, where they are others',
    [title('encryption~', 'encrypted'), body('lawful access')],
    'encryption~ in the headline (“encrypted”) and lawful access in the text',
  ],
  ['not for case alone', [title('lawful access', 'Lawful Access')], 'lawful access in the headline'],
  ['words that may not be shown', [body('encryption~', null)], 'encryption~ in the text'],
  ['a line once', [title('fog'), body('fog'), title('fog', 'Fog')], 'fog in the headline'],
  ['three', [title('a'), body('b'), title('c')], 'a in the headline, b in the text and c in the headline'],
  [
    'more than three',
    [title('a'), body('b'), title('c'), body('d'), body('e')],
    'a in the headline, b in the text, c in the headline and 2 more',
  ],
  ['none', [], ''],
])('the reasons in a line: %s', (_, reasons, line) => {
  expect(reasonLine(reasons)).toBe(line);
});
