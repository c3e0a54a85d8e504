/** Letters as they are read, and as the bytes that are sent. */
import { describe, expect, it } from 'vitest';
import { type Letter, writeLetter } from '../../shared/delivery/letter.ts';
import { dark, light } from '../../shared/digest/palette.ts';
import { composeLetter } from '../../shared/mail/compose.ts';

const site = 'watch.example';
const letters: readonly Letter[] = [
  {
    kind: 'confirmation',
    digests: ['Morning: every day at 07:00 (Europe/London)'],
    confirmUrl: 'https://watch.example/c/t',
  },
  {
    kind: 'preferences',
    digests: ['Morning: every hour'],
    preferencesUrl: 'https://watch.example/p/t',
    adding: { digests: ['Evening: at once'], confirmUrl: 'https://watch.example/c/t' },
  },
  { kind: 'preferences', digests: [], preferencesUrl: 'https://watch.example/p/t', adding: null },
  { kind: 'export', exportUrl: 'https://watch.example/x/t' },
];
const links = (text: string) => [...text.matchAll(/https:\/\/watch\.example\/\w\/t/g)].map(([link]) => link);

describe.each(letters)('a letter: $kind', (letter) => {
  const { subject, html, text } = writeLetter(letter, site);

  it('says the same in both parts, with the same links', () => {
    expect(links(html)).toEqual(links(text));
    expect(links(text).length).toBeGreaterThan(0);
    for (const line of text.split('\n').filter((each) => each !== '' && !links(each).length)) {
      const words = line.replace(/^- |:$/g, '');
      expect(html).toContain(words);
    }
  });

  it('is one page with one heading, a language, both palettes, and nothing fetched', () => {
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain('<html lang="en-GB">');
    expect(html).toContain(`background-color:${light.card}`);
    expect(html).toContain(`color:${dark.text}!important`);
    expect(html).not.toMatch(/<(?:script|img|link|form|iframe)\b/);
    expect(html).not.toContain('undefined');
    expect(subject).toContain(site);
    expect(Buffer.byteLength(html)).toBeLessThan(8_000);
  });

  it('is a mail that answers nobody, is no bulk, and goes to one reader', async () => {
    const mail = { from: 'Watch <news@watch.example>', to: 'ann@reader.example', letterId: 'letter-1', date: 0 };
    const raw = Buffer.from(await composeLetter({ ...mail, subject, html, text })).toString('latin1');
    const head = raw.slice(0, raw.indexOf('\r\n\r\n'));
    expect(head).toContain('Auto-Submitted: auto-generated\r\n');
    expect(head).toContain('To: ann@reader.example\r\n');
    expect(head).not.toMatch(/^List-/im);
    await expect(
      composeLetter({ ...mail, subject, html, text, to: 'ann@reader.example, ben@reader.example' }),
    ).rejects.toThrow('one bare address');
  });
});

it('a name of a digest that is markup or holds line ends is text alone (row 60)', () => {
  const name = `</li><script>alert(1)</script>${'$'}{x}{{y}}`;
  const { html, text } = writeLetter(
    { kind: 'confirmation', digests: [name], confirmUrl: 'https://watch.example/c/t' },
    site,
  );
  expect(html).not.toContain('<script');
  expect(html).toContain('&lt;script&gt;');
  expect(text).toContain(name);
});
