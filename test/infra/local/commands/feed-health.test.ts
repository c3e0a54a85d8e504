/** One feed of each state of health, as `watchword run` tells them in a mail and `watchword feeds` in a list. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noBrowser, openBrowser } from '../../../browser/chromium.ts';
import { type Folder, openFolder, type Ran } from '../folder.ts';
import { feedPaths, openHealthPublisher } from '../health-publisher.ts';
import { letDaysGoBy } from '../let-days-go-by.ts';

let folder: Folder;
let publisher: Awaited<ReturnType<typeof openHealthPublisher>>;
let ran: Ran;
let listed: readonly { readonly name: string; readonly state: string; readonly sentence: string | null }[];
let mail: { readonly text: string; readonly html: string };

const watchFile = () => `deliver: {from: 'Watchword <alerts@watchword.example>', zone: UTC}
network: {allow: ['127.0.0.1:${publisher.port}']}
poll: {contact: 'https://reader.example/who'}
feeds:
${feedPaths.map((path) => `  - {url: '${publisher.url}${path}', name: 'Feed ${path.slice(1)}'}`).join('\n')}
watches: [{watch: Encryption, any: [encryption~], noisy: ok}]
digests: [{digest: Brief, watches: [Encryption], when: every day at 07:00, to: [press@reader.example]}]
`;

beforeAll(async () => {
  folder = await openFolder();
  publisher = await openHealthPublisher();
  await folder.write('watch.yaml', watchFile());
  await folder.run('run', '--json');
  await letDaysGoBy(folder.path, 5);
  publisher.secondAct();
  ran = await folder.run('run', '--json');
  const [path = ''] = JSON.parse(ran.out).mails as string[];
  const { text = '', html = '' } = await PostalMime.parse(await readFile(join(folder.path, path)));
  mail = { text, html };
  const { out } = await folder.run('feeds', '--json');
  listed = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}, 60_000);

afterAll(async () => {
  await publisher.close();
  await folder.remove();
});

/** The lines of one list of the mail, without the common beginning of each. */
function section(heading: string): readonly string[] {
  const [, after = ''] = mail.text.split(`${heading}:\n`);
  return (after.split('\n\n')[0] ?? '').split('\n').map((line) => line.replace(/^- (?:Feed )?/, ''));
}
const namesIn = (heading: string) =>
  section(heading)
    .map((line) => line.split(':')[0])
    .sort();

describe('the receipt of a run over one feed of each state', () => {
  it('ends with 0: a feed that fails is a line of the receipt', () => {
    expect(ran.code, ran.err).toBe(0);
  });

  it('names exactly those that cannot be read, each with its reason', () => {
    const words: Readonly<Record<string, string>> = {
      failing: 'Server error; failing since',
      lost: 'Not found; failing since',
      forbidden: 'Blocked by the publisher; failing since',
      'too-many': 'Blocked by the publisher; failing since',
      challenge: 'Blocked by the publisher; failing since',
      'log-in': 'Not a feed; failing since',
      gone: 'Gone; failing since',
      refused: 'Not allowed; failing since',
    };
    expect(namesIn('Could not be read')).toEqual(Object.keys(words).sort());
    for (const line of section('Could not be read')) expect(line).toContain(words[line.split(':')[0] ?? '']);
    expect(mail.text).toContain('asks for proof of a person');
    expect(mail.text).toContain('It said so twice, a day apart, and is asked no longer');
  });

  it('tells of exactly those that changed in another way, and what to do', () => {
    expect(namesIn('Changed lately')).toEqual(['moved', 'quiet', 'recovered', 'renamed', 'slow', 'turned-over']);
    const line = (name: string) => section('Changed lately').find((each) => each.startsWith(name));
    expect(line('moved')).toContain(`${publisher.url}/new-home`);
    expect(line('quiet')).toMatch(/nothing new since .*, where some 6 a day was usual/);
    expect(line('renamed')).toContain('10 known articles came back under new names');
    expect(line('turned-over')).toMatch(/unseen between .* and .*/);
    expect(line('slow')).toContain('more than 5 seconds');
    expect(line('recovered')).toMatch(/Read again since .*; it was failing from/);
  });

  it('names neither what is fine nor what is merely unchanged', () => {
    expect(mail.text).not.toMatch(/Feed (?:fine|unchanged):/);
    expect(mail.text).toMatch(/Feeds read: 8 of 16/);
    expect(mail.text).toMatch(/Quiet for unusually long: 1/);
  });
});

describe('watchword feeds', () => {
  it('lists each with its state, what fails first', () => {
    const states = Object.fromEntries(listed.map(({ name, state }) => [name.replace('Feed ', ''), state]));
    expect(states).toEqual({
      fine: 'fine',
      unchanged: 'unchanged',
      quiet: 'quiet',
      slow: 'slow',
      failing: 'failing',
      lost: 'failing',
      forbidden: 'blocked',
      'too-many': 'blocked',
      challenge: 'blocked',
      'log-in': 'not a feed',
      moved: 'moved',
      gone: 'gone',
      refused: 'refused',
      renamed: 'held back',
      'turned-over': 'fine',
      recovered: 'fine',
    });
    expect(listed.slice(0, 8).map(({ state }) => state)).not.toContain('fine');
  });

  it('tells people the same, with what changed lately', async () => {
    const { code, out } = await folder.run('feeds');
    expect(code).toBe(0);
    expect(out).toMatch(/^16 feeds: /);
    expect(out).toMatch(/Feed forbidden +blocked since \d\d:\d\d; every 1 h/);
    expect(out).toContain(`Write its new address into the watch file: ${publisher.url}/new-home`);
    expect(out).toMatch(/Changes: failing .*; fine /);
    expect(out).toMatch(/Changes: gap .* to /);
  });

  it('knows no other word, and says so', async () => {
    const { code, err } = await folder.run('feeds', 'nonsense');
    expect(code).toBe(2);
    expect(err).toContain('nonsense');
  });
});

describe.skipIf(noBrowser !== null)('the mail', () => {
  it.each([1_200, 360])(
    'is read well at a width of %i',
    async (width) => {
      const browser = await openBrowser();
      const page = await browser.newPage({ viewport: { width, height: 900 } });
      await page.setContent(mail.html);
      expect(await page.innerText('body')).toContain('Changed lately');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      await mkdir('test-output', { recursive: true });
      await page.screenshot({ path: `test-output/health-${width}.png`, fullPage: true });
      await browser.close();
    },
    30_000,
  );
});
