/** The demo as a newcomer sees it: its mails and pages in a browser. Pictures are left in test-output/. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noBrowser, openBrowser } from './chromium.ts';
import { graveFaults } from './grave-faults.ts';

const run = promisify(execFile);

if (noBrowser !== null) console.warn(noBrowser);

describe.skipIf(noBrowser !== null)('the demo', () => {
  let browser: Browser;
  let folder: string;
  let said: string;
  let mails: { readonly subject: string; readonly html: string; readonly to: string }[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'watchword-demo-'));
    const { stdout } = await run(process.execPath, ['infra/local/watchword.ts', 'demo', '--once', '--data', folder]);
    said = stdout;
    const paths = [...stdout.matchAll(/\S+\.eml/g)].map(([path]) => path);
    mails = await Promise.all(
      paths.map(async (path) => {
        const { subject = '', html = '', to } = await PostalMime.parse(await readFile(path));
        return { subject, html, to: to?.[0]?.address ?? '' };
      }),
    );
    browser = await openBrowser();
    await mkdir('test-output', { recursive: true });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  async function opened(mail: { readonly html: string } | undefined, width: number): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.setContent(mail?.html ?? '');
    expect(asked).toEqual([]); // a mail loads nothing from anywhere
    return page;
  }

  it('says where its mails are: at least two', () => {
    expect(mails.length).toBeGreaterThanOrEqual(2);
    expect(said).not.toMatch(/fault/i);
  });

  it('shows stories with marked words, reasons, “also in”, and a receipt', async () => {
    const brief = mails.find(({ to }) => to === 'policy@example.org');
    expect(brief?.subject).toMatch(/^\d+ stories: /);
    const page = await opened(brief, 1_200);
    const text = await page.innerText('body');
    expect(await page.locator('mark').allInnerTexts()).toEqual(expect.arrayContaining(['encrypted']));
    expect(text).toMatch(/Why: .*encryption~ in the headline \(“encrypted”\)/);
    expect(text).toMatch(/Also in /);
    expect(text).toMatch(/Feeds read\s+10 of 10/);
    await page.screenshot({ path: 'test-output/digest-1200.png', fullPage: true });
    await page.close();
  });

  it('names in the receipt of the second edition the two feeds that failed', async () => {
    const second = mails.findLast(({ to }) => to === 'policy@example.org');
    const page = await opened(second, 360);
    const text = await page.innerText('body');
    expect(text).toMatch(/Feeds read\s+8 of 10/);
    expect(text).toMatch(/Quayside Review.*not a feed/is);
    expect(text).toMatch(/Fell & Shore.*404/is);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await page.screenshot({ path: 'test-output/digest-360.png', fullPage: true });
    await page.close();
  });

  it('tells a reader for whom nothing was found that everything was looked at', async () => {
    const quiet = mails.find(({ to }) => to === 'tokyo@example.org');
    const page = await opened(quiet, 1_200);
    expect(quiet?.subject).toMatch(/nothing new/i);
    expect(await page.innerText('body')).toMatch(/looked, and found none/i);
    await page.close();
  });

  it.each((['light', 'dark'] as const).flatMap((colorScheme) => [360, 1_200].map((width) => ({ colorScheme, width }))))(
    'can be read by everybody, $colorScheme at $width px',
    async ({ colorScheme, width }) => {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      for (const [index, { html }] of mails.entries()) {
        await page.setContent(html);
        expect(await graveFaults(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        await page.screenshot({ path: `test-output/mail-${index + 1}-${width}-${colorScheme}.png`, fullPage: true });
      }
      await page.close();
    },
  );
});
