/** What a spam filter thinks of a digest: a weak judge, and a tripwire for wording. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { personalise, renderIssue } from '../../shared/digest/render.ts';
import { storiesOf } from '../../shared/digest/story.ts';
import { composeMail } from '../../shared/mail/compose.ts';
import { hit, receipt, slotAt } from '../digest/sample.ts';

const filter = '/usr/bin/spamassassin';
const isThere = existsSync(filter);
if (!isThere) console.warn('no SpamAssassin on this machine: its score of a digest is left out');

it.skipIf(!isThere)(
  'SpamAssassin scores a digest at most 1.0, and knows spam when it sees it',
  async () => {
    const base = 'https://watch.example';
    const own = { unsubscribeUrl: `${base}/u/t`, preferencesUrl: `${base}/p/t`, issueUrl: `${base}/i/t` };
    const titles = ['Home Secretary defends encryption plan', 'Messaging firms may leave over encryption rules'];
    const rendered = renderIssue({
      digestName: 'Security brief',
      zone: 'Europe/London',
      slotAt,
      frozenAt: slotAt,
      watches: [{ id: 'w-encryption', name: 'Encryption' }],
      stories: storiesOf(titles.map((title) => hit({ title }))),
      receipt: receipt(),
    });
    const scoreOf = async (part: { readonly subject?: string; readonly text?: string; readonly html?: string }) => {
      const raw = await composeMail({
        ...personalise(rendered, own),
        ...part,
        from: 'Watchword <alerts@watch.example>',
        to: 'press@reader.example',
        unsubscribeUrl: own.unsubscribeUrl,
        issueId: 'issue',
        deliveryId: 'delivery',
        date: slotAt,
      });
      const judged = execFileSync(filter, ['--local', '--test-mode'], { input: raw, encoding: 'latin1' });
      return Number(/^X-Spam-Status: .*?score=(-?[\d.]+)/m.exec(judged)?.[1]);
    };
    expect(await scoreOf({})).toBeLessThanOrEqual(1);
    const shouting = 'BUY CHEAP VIAGRA NOW!!! 100% FREE, ACT NOW, CLICK HERE TO BE REMOVED';
    expect(await scoreOf({ subject: shouting, text: shouting, html: `<p>${shouting}</p>` })).toBeGreaterThan(1);
  },
  60_000,
);
