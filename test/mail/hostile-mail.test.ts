/** What feeds, terms and addresses say, followed to the bytes that are sent and read back by a mail reader's parser. */
import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import PostalMime, { type Email } from 'postal-mime';
import { describe, expect, it, test } from 'vitest';
import { personalise, renderIssue } from '../../shared/digest/render.ts';
import { storiesOf } from '../../shared/digest/story.ts';
import { composeMail } from '../../shared/mail/compose.ts';
import { DAY } from '../../shared/time.ts';
import type { Hit } from '../../shared/watch/hit.ts';
import { hit, receipt, slotAt } from '../digest/sample.ts';

const base = 'https://watch.example';
const own = { unsubscribeUrl: `${base}/u/token`, preferencesUrl: `${base}/p/token`, issueUrl: `${base}/i/token` };

/** A mail in which everything that others write says `bad`. */
function mailOf(bad: string, hits: readonly Hit[] = hitsThatSay(bad)): Promise<Uint8Array> {
  const failing = [{ name: `Feed ${bad}`, why: 'blocked' as const, detail: bad, since: slotAt - DAY }];
  const issue = renderIssue({
    digestName: `Brief ${bad}`,
    zone: 'Europe/London',
    slotAt,
    frozenAt: slotAt,
    watches: [{ id: 'w-encryption', name: `Watch ${bad}` }],
    stories: storiesOf(hits),
    receipt: receipt({ feeds: { read: 6, failing, unread: [`Feed ${bad}`] }, watches: [{ name: bad, hits: 0 }] }),
  });
  return composeMail({
    ...personalise(issue, own),
    from: 'Watchword <alerts@watch.example>',
    to: 'press@reader.example',
    unsubscribeUrl: own.unsubscribeUrl,
    issueId: 'issue',
    deliveryId: 'delivery',
    date: slotAt,
  });
}

function hitsThatSay(bad: string): Hit[] {
  const link = 'https://news.example/a';
  return [
    {
      ...hit({ title: `Word ${bad} word`, outlet: `Outlet ${bad}`, link }),
      excerpt: { text: `Text ${bad} text`, marks: [[0, 4]] },
      reasons: [{ line: `line ${bad}`, field: 'title', text: bad }],
    },
    hit({ title: `Word ${bad} word`, outlet: `Other ${bad}`, link: `${link}?utm_source=b` }),
  ];
}

/** All of a mail that its template decides: header names, parts, recipients, elements, attributes, links, and how often a reader's own stand there. */
async function shapeOf(raw: Uint8Array): Promise<unknown> {
  const mail = await PostalMime.parse(raw);
  const { headers, from, to, cc, bcc, attachments, text = '', html = '', subject = '' } = mail;
  const links = Object.values(own).map((url) => [subject, text, html].map((part) => part.split(url).length - 1));
  return { headers: headers.map(({ key }) => key), from, to, cc, bcc, attachments, links, tree: treeOf(mail) };
}

function treeOf({ html = '' }: Email): string[] {
  const tree: string[] = [];
  const parser = new Parser({
    onopentag: (name, attributes) => tree.push(JSON.stringify([name, attributes])),
    onclosetag: (name) => tree.push(`/${name}`),
    oncomment: () => tree.push('comment'),
    onprocessinginstruction: (name) => tree.push(name),
  });
  parser.end(html);
  return tree;
}

function wordsOf({ html = '' }: Email): string {
  let words = '';
  const parser = new Parser({
    ontext: (text) => {
      words += text;
    },
  });
  parser.end(html);
  return words;
}

describe('whatever others write, a mail has the headers, recipient, parts and elements of its template', async () => {
  const honest = await shapeOf(await mailOf('plain'));

  test.each([
    ['52: markup that closes ours', '</a></h3></table><script>alert(1)</script>'],
    ['52: an attribute', '"><img src=x onerror=alert(1)>'],
    ['52: a comment and an end of CDATA', '<!--[if mso]><p>]]></style></title>-->'],
    ['53: a header', '\r\nBcc: all@x.example\r\n\r\n<p>'],
    ['53: a header of a bare line end', '\nTo: all@x.example\rCc: b@x.example'],
    ['53: an encoded word', '=?UTF-8?B?DQpCY2M6IGFsbEB4LmV4YW1wbGU=?='],
    ['53: a part of its own', '\r\n--=_delivery\r\nContent-Type: text/html\r\n\r\n<b>'],
    ['54: overrides and letters of no width', '\u202egnp.exe\u2066\u200b\u200f\ufeff'],
    ['54: our sender’s name turned around', '\u202eelpmaxe.hctaw@strela <drowhctaW>\u202c'],
    ['56: 100,000 characters', 'x'.repeat(100_000)],
    ['56: words of 5,000 characters', `${'ж'.repeat(5_000)} ${'密'.repeat(5_000)}`],
    ['58: Cyrillic and Chinese', 'Новости 密码学 шифрование'],
    ['59: style, frame, image, form', '<style>*{}</style><iframe src=//x></iframe><img src=//x><form><input>'],
    ['60: marks of templates', '{{subject}} \u0024{unsubscribeUrl} $& $1 $` %s <%= x %>'],
    ['60: our own marks', '\u0002unsubscribe\u0003\u0002preferences\u0003\u0002issue\u0003'],
    ['60: halves of our own marks', '\u0002\u0002unsubscribe\u0003\u0003 unsubscribe\u0003 \u0002'],
  ])('%s', async (_, bad) => {
    const raw = await mailOf(bad);
    expect(await shapeOf(raw)).toEqual(honest);
    const mail = await PostalMime.parse(raw);
    for (const said of [mail.subject, mail.text, mail.html]) {
      expect(said).not.toMatch(/(?!\n)\p{Cc}|\p{Cs}|\p{Bidi_Control}|[\u200b\ufeff]/u);
    }
    if (/^[ -~]{0,100}$/.test(bad)) expect(wordsOf(mail)).toContain(`Word ${bad} word`);
  });

  it('53: whatever it is', async () => {
    const part = fc.constantFrom(
      '\r\n',
      '\n',
      'Bcc: x@x.example',
      '<',
      '>',
      '"',
      '=?',
      '?=',
      '--=_',
      '\u0002',
      '\u0003',
      'issue',
      ',',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 12 }), async (parts) => {
        expect(await shapeOf(await mailOf(`x${parts.join('')}`))).toEqual(honest);
      }),
      { numRuns: 40 },
    );
  });

  it('55: no link but http(s), in no spelling', async () => {
    const links = ['javascript:alert(1)', ' JaVaScRiPt:alert(1)', 'data:text/html,x', 'vbscript:x', 'java\tscript:x'];
    const { html = '' } = await PostalMime.parse(
      await mailOf(
        '',
        links.map((link, n) => hit({ title: `Story ${n} tells something else`, link })),
      ),
    );
    expect(new Set(html.match(/(?<=href=")[^"]*/g))).toEqual(new Set(Object.values(own)));
  });

  it('a shape that differs is seen', async () => {
    expect(await shapeOf(await mailOf('', [hit({ title: 'One story' })]))).not.toEqual(honest);
  });
});

describe('as it is sent', () => {
  test.each([
    ['57: 3,000 hits', 'a'],
    ['58: 3,000 hits in Cyrillic', 'ж'],
    ['58: 3,000 hits in Chinese', '密'],
  ])('%s: the HTML part has at most 70 kB, the ways out stand at top and bottom', async (_, letter) => {
    const hits = Array.from({ length: 3_000 }, (_, n) => ({
      ...hit({ title: `${letter.repeat(60)} ${n} of many`, entry: `e${n}`, link: `https://news.example/${n}` }),
      excerpt: { text: letter.repeat(300), marks: [] },
    }));
    const raw = await mailOf('', hits);
    const source = Buffer.from(raw).toString('latin1');
    expect(source.slice(source.indexOf('Content-Type: text/html')).length).toBeLessThanOrEqual(70_000);
    const { subject, text = '', html = '' } = await PostalMime.parse(raw);
    expect(subject).toContain('3,000 stories');
    for (const part of [text, html]) {
      for (const url of [own.unsubscribeUrl, own.preferencesUrl]) expect(part.split(url)).toHaveLength(3);
      expect(part).toContain(own.issueUrl);
    }
  });
});
