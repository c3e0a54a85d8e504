/**
 * The picture in the README, made by the demo itself: the beginning of a digest, and the receipt at the end of the next.
 * `npm run picture`
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { openBrowser } from './chromium.ts';

const width = 600;
const height = 1_120;
const file = '.github/digest.png';

const folder = mkdtempSync(join(tmpdir(), 'watchword-picture-'));
const said = execFileSync(process.execPath, ['infra/local/watchword.ts', 'demo', '--once', '--data', folder], {
  encoding: 'utf8',
});
const paths = [...said.matchAll(/(\S+\.eml) {2}to policy@/g)].map(([, path]) => path ?? '');
const browser = await openBrowser();

/** @param end whether to show the end of the mail in place of its beginning */
async function clipOf(path: string | undefined, end: boolean): Promise<string> {
  const { html = '' } = await PostalMime.parse(readFileSync(path ?? ''));
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: 2 });
  await page.setContent(html);
  if (end) await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
  const picture = await page.screenshot();
  await page.close();
  return picture.toString('base64');
}

const pictures = [await clipOf(paths[0], false), await clipOf(paths[1], true)];
const page = await browser.newPage({ viewport: { width: width * 2 + 60, height: height + 40 } });
const images = pictures.map(
  (picture) => `<img width="${width}" height="${height}" src="data:image/png;base64,${picture}">`,
);
await page.setContent(`<body style="margin:20px;display:flex;gap:20px;background:#d8d5ce">${images.join('')}</body>`);
await page.screenshot({ path: file });
await browser.close();
rmSync(folder, { recursive: true });
console.log(`${file} is new.`);
