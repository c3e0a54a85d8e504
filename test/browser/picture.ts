/**
 * The pictures in the README, made from what the demo mails: a digest on a phone, and on a desktop.
 * `npm run picture`
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { openBrowser } from './chromium.ts';

const shots = [
  { file: '.github/digest-phone.png', width: 360, height: 780, colorScheme: 'dark', deviceScaleFactor: 2 },
  { file: '.github/digest-desktop.png', width: 1_200, height: 900, colorScheme: 'light', deviceScaleFactor: 1 },
] as const;

const folder = mkdtempSync(join(tmpdir(), 'watchword-picture-'));
const said = execFileSync(process.execPath, ['infra/local/watchword.ts', 'demo', '--once', '--data', folder], {
  encoding: 'utf8',
});
const path = /(\S+\.eml) {2}to press-office@/.exec(said)?.[1] ?? '';
const { html = '' } = await PostalMime.parse(readFileSync(path));
const browser = await openBrowser();
for (const { file, width, height, ...options } of shots) {
  const page = await browser.newPage({ viewport: { width, height }, ...options });
  await page.setContent(html);
  await page.screenshot({ path: file });
  await page.close();
  console.log(`${file} is new: ${Math.ceil(statSync(file).size / 1_000)} kB.`);
}
await browser.close();
rmSync(folder, { recursive: true });
