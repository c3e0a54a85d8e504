/**
 * A person subscribes, changes their mind, leaves and comes back, in a browser on the host of this machine: by keyboard
 * alone, without scripts, and with an auditor looking over their shoulder. Pictures are left in test-output/.
 */
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR } from '../../shared/time.ts';
import { noBrowser, openBrowser } from './chromium.ts';
import { pressEnter, tabTo } from './keyboard.ts';
import { headerOf, linkIn, openSubscribeTown, type SubscribeTown } from './subscribe-town.ts';

if (noBrowser !== null) console.warn(noBrowser);

// Half a minute on a quiet machine. The times allowed are for a busy one.
describe.skipIf(noBrowser !== null)('somebody who wants a digest', () => {
  let browser: Browser;
  let town: SubscribeTown;

  beforeAll(async () => {
    [browser, town] = await Promise.all([openBrowser(), openSubscribeTown()]);
    await mkdir('test-output', { recursive: true });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await town?.close();
  });

  const heading = (page: Page) => page.locator('h1').innerText();

  it('gets it with the keyboard alone, changes how it comes, leaves by one click, and comes back', async () => {
    const address = 'keyboard@reader.example';
    const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Asia/Tokyo' });
    const page = await context.newPage();
    const subscribe = async () => {
      await page.goto(`${town.url}/subscribe`);
      await tabTo(page, 'Attack desk');
      await page.keyboard.press('Space');
      await tabTo(page, 'Mail address');
      await page.keyboard.type(address);
      await tabTo(page, 'Subscribe');
      await pressEnter(page);
      expect(await heading(page)).toBe('Check your mail');
      await town.mailed();
      await page.goto(linkIn(await town.mailTo(address), 'c'));
      await tabTo(page, 'Yes, subscribe me');
      await pressEnter(page);
      expect(await heading(page)).toBe('You are subscribed');
    };
    await subscribe();

    await page.goto(`${town.url}/preferences`);
    await tabTo(page, 'Mail address');
    await page.keyboard.type(address);
    await pressEnter(page);
    await town.mailed();
    const preferences = linkIn(await town.mailTo(address), 'p');
    await page.goto(preferences);
    await tabTo(page, 'How often for Attack desk');
    await page.keyboard.type('Once');
    await tabTo(page, 'Day for Attack desk');
    await page.keyboard.type('Fri');
    await tabTo(page, 'Time for Attack desk');
    await page.keyboard.type('0815');
    await tabTo(page, 'Time zone');
    await page.keyboard.type('Asia/Tokyo');
    await tabTo(page, 'No mail before');
    await page.keyboard.type('01012027');
    await tabTo(page, 'Save');
    await pressEnter(page);
    expect(await page.getByRole('status').innerText()).toBe('Saved. No mail before 2027-01-01.');
    expect(await page.getByLabel('Day for Attack desk').inputValue()).toBe('5');
    expect(await page.getByLabel('Time for Attack desk').inputValue()).toBe('08:15');
    expect(await page.getByLabel('Time zone').inputValue()).toBe('Asia/Tokyo');

    await tabTo(page, 'How often for Attack desk');
    await page.keyboard.type('As it');
    await tabTo(page, 'Time zone');
    await page.keyboard.press('Home');
    await tabTo(page, 'No mail before');
    for (const part of ['Delete', 'ArrowRight', 'Delete', 'ArrowRight', 'Delete']) await page.keyboard.press(part);
    await tabTo(page, 'Save');
    await pressEnter(page);
    expect(await page.getByRole('status').innerText()).toBe('Saved.');

    await town.publish('Ministers weigh encryption');
    const digest = await town.mailTo(address);
    expect(digest.subject).toMatch(/^1 story/);
    expect(linkIn(digest, 'p')).toBe(preferences);
    const link = headerOf(digest, 'list-unsubscribe').replace(/[<>]/g, '');
    const answer = await fetch(link, {
      method: 'POST',
      headers: {
        [headerOf(digest, 'list-unsubscribe-post') === '' ? 'x-missing' : 'content-type']:
          'application/x-www-form-urlencoded',
      },
      body: headerOf(digest, 'list-unsubscribe-post'),
    });
    expect([answer.status, answer.redirected]).toEqual([200, false]);
    await town.publish('Encryption, the day after');
    expect((await town.mailTo(address)).subject).toBe(digest.subject);
    await page.goto(preferences);
    expect(await heading(page)).toBe('Nothing is subscribed');

    town.advance(HOUR);
    await subscribe();
    await town.publish('Home Secretary on encryption');
    expect((await town.mailTo(address)).html).toContain('Home Secretary on');
    expect(town.faults).toEqual([]);
    await context.close();
  }, 90_000);

  it('gets it without scripts, and sees what is wrong beside the field', async () => {
    const address = 'no-script@reader.example';
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${town.url}/subscribe`);
    expect(await page.getByLabel('Time zone').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Subscribe' }).click();
    expect(await page.getByRole('alert').getByRole('link').allInnerTexts()).toEqual([
      'Choose at least one digest.',
      'Enter your mail address.',
    ]);
    await page.getByLabel('Policy brief').check();
    await page.getByLabel('How often').selectOption('Every day');
    await page.getByLabel('Time', { exact: true }).fill('18:30');
    await page.getByLabel('Mail address').fill(address);
    await page.getByRole('button', { name: 'Subscribe' }).click();
    expect(await heading(page)).toBe('Check your mail');
    await town.mailed();
    const mail = await town.mailTo(address);
    expect(mail.text).toContain('Policy brief: every day at 18:30 (Europe/London)');
    await page.goto(linkIn(mail, 'c'));
    await page.getByRole('button').click();
    expect(await heading(page)).toBe('You are subscribed');
    await context.close();
  }, 60_000);

  it('has the time zone set that the browser is in, where a script may run', async () => {
    const context = await browser.newContext({ timezoneId: 'Asia/Tokyo' });
    const page = await context.newPage();
    const refused: string[] = [];
    page.on('console', (message) => refused.push(message.text()));
    await page.goto(`${town.url}/subscribe`);
    expect(await page.locator('#zone').inputValue()).toBe('Asia/Tokyo');
    expect(refused).toEqual([]);
    await context.close();
  }, 60_000);

  it('finds every page free of serious faults and within its window, light and dark, narrow and wide', async () => {
    const address = 'looked-at@reader.example';
    const { source } = createRequire(import.meta.url)('axe-core') as { source: string };
    const context = await browser.newContext({ bypassCSP: true, locale: 'en-GB', timezoneId: 'Europe/London' });
    const page = await context.newPage();
    const look = async (name: string) => {
      for (const [width, colorScheme] of [
        [360, 'light'],
        [360, 'dark'],
        [1_200, 'light'],
        [1_200, 'dark'],
      ] as const) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        await page.screenshot({ path: `test-output/${name}-${width}-${colorScheme}.png`, fullPage: true });
        // Colours are all that light and dark differ in, and width all that is left: once each.
        if (width === 360 || colorScheme === 'light') await audit(page, source, `${name} ${width} ${colorScheme}`);
      }
    };
    const press = (name: string) => page.getByRole('button', { name }).click();
    const open = (path: string) => page.goto(path.startsWith('http') ? path : town.url + path);

    await open('/subscribe');
    await look('subscribe');
    await press('Subscribe');
    await look('subscribe-problems');
    await page.getByLabel('Attack desk').check();
    await page.getByLabel('How often').selectOption('Once a week');
    await page.getByLabel('Mail address').fill(address);
    await look('subscribe-filled');
    await page.getByLabel('How often').selectOption('As it comes');
    await press('Subscribe');
    await look('check-your-mail');
    await town.mailed();
    await open(linkIn(await town.mailTo(address), 'c'));
    await look('confirm');
    await press('Yes, subscribe me');
    await look('confirmed');
    await town.publish('Encryption, seen by an auditor');
    await open(linkIn(await town.mailTo(address), 'i'));
    await look('issue');
    await open(`/sample/${town.config.digests[1]?.id}`);
    await look('sample');
    await open('/preferences');
    await look('preferences-request');
    await page.getByLabel('Mail address').fill(address);
    await press('Send me the link');
    await look('preferences-sent');
    await town.mailed();
    const preferences = linkIn(await town.mailTo(address), 'p');
    await open(preferences);
    await page.getByLabel('How often for Attack desk').selectOption('Once a week');
    await look('preferences');
    await page.getByLabel('No mail before').fill('2026-01-01');
    await page.evaluate('document.forms[0].noValidate = true'); // a browser would not let it pass
    await press('Save');
    await look('preferences-problems');
    await open(preferences);
    await press('Send me my data');
    town.advance(HOUR);
    await town.mailed();
    await open(linkIn(await town.mailTo(address), 'x'));
    await look('your-data');
    await open(preferences);
    await press('Erase me');
    await look('erase');
    await open(preferences);
    await press('Unsubscribe from all');
    await look('unsubscribed');
    await open(preferences);
    await look('nothing-subscribed');
    await press('Erase me');
    await press('Erase me');
    await look('erased');
    await open(preferences);
    await look('link-without-use');
    await open('/c/');
    await look('no-such-page');
    await context.close();
  }, 180_000);
});

/** @throws when axe finds what is serious or critical */
async function audit(page: Page, source: string, name: string): Promise<void> {
  await page.evaluate(source);
  const found = (await page.evaluate('axe.run()')) as {
    violations: readonly { id: string; impact: string; nodes: readonly { html: string; failureSummary: string }[] }[];
  };
  const grave = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(grave.map(({ id, nodes }) => `${name}: ${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`)).toEqual([]);
}
