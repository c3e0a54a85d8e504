import PostalMime from 'postal-mime';
import { describe, expect, it, test } from 'vitest';
import { composeMail } from '../../shared/mail/compose.ts';

const mail = {
  from: 'Security brief <news@watch.example>',
  to: 'reader@office.example',
  subject: '3 stories: Encryption (2), Home Secretary (1)',
  html: '<!doctype html>\n<p style="margin:0">Home Secretary defends encryption plan</p>\n',
  text: 'Home Secretary defends encryption plan\n',
  unsubscribeUrl: `https://watch.example/u/${'t'.repeat(120)}`,
  issueId: 'issue-1',
  deliveryId: 'delivery_1',
  date: Date.parse('2026-11-23T07:00:00Z'),
};

interface Part {
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
}

/** RFC 5322 and 2045, as much as these mails use. */
function parsePart(source: string): Part {
  const end = source.indexOf('\r\n\r\n');
  const headers = new Map<string, string[]>();
  for (const line of source
    .slice(0, end)
    .replace(/\r\n[ \t]/g, ' ')
    .split('\r\n')) {
    const name = line.slice(0, line.indexOf(':')).toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), line.slice(line.indexOf(':') + 1).trim()]);
  }
  return { headers, body: source.slice(end + 4) };
}

function decode({ headers, body }: Part): string {
  if (headers.get('content-transfer-encoding')?.[0] === 'base64') return Buffer.from(body, 'base64').toString();
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

function parse(
  raw: Uint8Array,
): Part & { readonly parts: readonly (Part & { readonly text: string })[]; readonly source: string } {
  const source = Buffer.from(raw).toString('latin1');
  const whole = parsePart(source);
  const boundary = /boundary="([^"]+)"/.exec(whole.headers.get('content-type')?.[0] ?? '')?.[1] ?? '';
  const parts = whole.body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => parsePart(part.replace(/^\r\n/, '').replace(/\r\n$/, '')));
  return { ...whole, source, parts: parts.map((part) => ({ ...part, text: decode(part).replace(/\r\n/g, '\n') })) };
}

it('is text and HTML, text first, as given', async () => {
  const { headers, parts } = parse(await composeMail(mail));
  expect(headers.get('content-type')?.[0]).toMatch(/^multipart\/alternative;/);
  expect(parts.map((part) => part.headers.get('content-type')?.[0])).toEqual([
    'text/plain; charset=utf-8',
    'text/html; charset=utf-8',
  ]);
  expect(parts.map(({ text }) => text.trim())).toEqual([mail.text.trim(), mail.html.trim()]);
});

it('has the headers of bulk mail, each once', async () => {
  const { headers } = parse(await composeMail(mail));
  expect(Object.fromEntries([...headers].filter(([name]) => !/^content-type$/.test(name)))).toEqual({
    from: ['Security brief <news@watch.example>'],
    to: ['reader@office.example'],
    subject: [mail.subject],
    date: ['Mon, 23 Nov 2026 07:00:00 +0000'],
    'message-id': ['<delivery_1@watch.example>'],
    'mime-version': ['1.0'],
    'list-unsubscribe': [`<${mail.unsubscribeUrl}>`],
    'list-unsubscribe-post': ['List-Unsubscribe=One-Click'],
    'list-id': ['<watchword.watch.example>'],
    'auto-submitted': ['auto-generated'],
    'x-watchword-issue': ['issue-1'],
  });
});

it('keeps the unsubscribe link in one line, and every line short enough for mail', async () => {
  const { source } = parse(
    await composeMail({ ...mail, html: `<p>${'x'.repeat(5_000)}</p>`, text: 'ж'.repeat(5_000) }),
  );
  const lines = source.split('\r\n');
  expect(lines.filter((line) => line.startsWith('List-Unsub'))[0]).toBe(`List-Unsubscribe: <${mail.unsubscribeUrl}>`);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(998);
});

it('is the same bytes when it is composed again, and other bytes for another delivery', async () => {
  const first = await composeMail(mail);
  expect(Buffer.from(await composeMail(mail)).equals(first)).toBe(true);
  expect(Buffer.from(await composeMail({ ...mail, deliveryId: 'delivery_2' })).equals(first)).toBe(false);
});

test('58: other scripts are sent as base64, under the size of their cap', async () => {
  const html = `<p>${'жлоб '.repeat(5_500)}</p>`;
  const raw = await composeMail({ ...mail, html, text: 'Привет\n', subject: 'Новости: шифрование '.repeat(5) });
  const { parts, headers } = parse(raw);
  expect(parts.map((part) => part.headers.get('content-transfer-encoding')?.[0])).toEqual(['base64', 'base64']);
  expect(parts[1]?.text).toBe(html);
  expect(parts[1]?.body.length).toBeLessThanOrEqual(70_000);
  expect(headers.get('subject')?.[0]).toMatch(/^(?:=\?UTF-8\?B\?[^?]+\?=\s?)+$/);
});

describe('53: no text makes a header or a recipient', () => {
  test.each([
    'Title\r\nBcc: all@x.example',
    'Title\nTo: all@x.example',
    'Title\rCc: all@x.example\r\n\r\n<p>body',
    'Title\u0000\u0085\u2028Bcc: all@x.example',
    '=?UTF-8?B?DQpCY2M6IGFsbEB4LmV4YW1wbGU=?=',
    `${'x'.repeat(2_000)} ${'ж'.repeat(500)}`,
  ])('%j', async (subject) => {
    const { headers, source } = parse(await composeMail({ ...mail, subject }));
    const honest = parse(await composeMail(mail));
    expect([...headers.keys()].sort()).toEqual([...honest.headers.keys()].sort());
    expect([...headers.values()].every((values) => values.length === 1)).toBe(true);
    expect(headers.get('to')).toEqual(['reader@office.example']);
    expect(source).not.toMatch(/(?<!\r)\n|\r(?!\n)/);
  });

  it.each([
    '=?UTF-8?B?DQpCY2M6IGFsbEB4LmV4YW1wbGU=?=',
    'новость =?UTF-8?Q?=0D=0ABcc:?= ещё',
    `=?utf-8?q?a?=${' long'.repeat(60)}`,
  ])('a subject that looks encoded is read as it was written: %s', async (subject) => {
    expect((await PostalMime.parse(await composeMail({ ...mail, subject }))).subject).toBe(subject);
  });

  it('control characters of a subject become spaces', async () => {
    const { headers } = parse(await composeMail({ ...mail, subject: 'one\u0000\r\ntwo\u0007three' }));
    expect(headers.get('subject')).toEqual(['one two three']);
  });

  it('a body that looks like a boundary or a header stays a body', async () => {
    const boundary = /boundary="([^"]+)"/.exec(parse(await composeMail(mail)).source)?.[1] ?? '';
    const text = `--${boundary}\nContent-Type: text/html\n\n<b>\n--${boundary}--\n.\nBcc: all@x.example\n`;
    const { parts } = parse(await composeMail({ ...mail, text, html: text }));
    expect(parts).toHaveLength(2);
  });
});

test.each([
  ['a list', 'a@x.example, b@x.example'],
  ['a line end', 'a@x.example\r\nBcc: b@x.example'],
  ['a display name', 'Reader <a@x.example>'],
  ['a group', 'all: a@x.example;'],
  ['a quoted local part', '"a b"@x.example'],
  ['no address', 'reader'],
])('72: %s is no recipient', async (_, to) => {
  await expect(composeMail({ ...mail, to })).rejects.toThrow('Broken invariant');
});

test.each([
  ['sender', { from: 'Brief <news@watch.example>\r\nBcc: b@x.example' }],
  ['sender without an address', { from: 'Brief' }],
  ['delivery id', { deliveryId: 'a\r\nb' }],
  ['issue id', { issueId: 'a b' }],
  ['link', { unsubscribeUrl: 'https://watch.example/u/a>\r\nBcc: b@x.example' }],
])('a broken %s is refused', async (_, part) => {
  await expect(composeMail({ ...mail, ...part })).rejects.toThrow('Broken invariant');
});
