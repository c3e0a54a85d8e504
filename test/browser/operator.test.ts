/** The operator's pages in a browser: no serious fault of accessibility, nothing wider than the window. Pictures are left in test-output/. */

import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Listening, listenOnLoopback } from '../../infra/local/loopback.ts';
import { operatorPages } from '../../infra/local/operator/pages.ts';
import { noBrowser, openBrowser } from './chromium.ts';
import { busyTown } from './operator-days.ts';

if (noBrowser !== null) console.warn(noBrowser);

describe.skipIf(noBrowser !== null)('the operator’s pages', () => {
  let browser: Browser;
  let server: Listening;
  let paths: Readonly<Record<string, string>>;

  beforeAll(async () => {
    const town = await busyTown();
    paths = town.paths;
    server = await listenOnLoopback(createServer(getRequestListener(operatorPages(town.view).fetch)), 0);
    browser = await openBrowser();
    await mkdir('test-output', { recursive: true });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  /** Faults that axe-core calls serious or worse, as a person would look for them. */
  async function faultsOf(page: Awaited<ReturnType<Browser['newPage']>>): Promise<readonly string[]> {
    await page.evaluate(axe.source);
    const { violations } = (await page.evaluate(
      'axe.run(document, { resultTypes: ["violations"] })',
    )) as axe.AxeResults;
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
  }

  const views = (['light', 'dark'] as const).flatMap((scheme) => [360, 1_200].map((width) => ({ scheme, width })));

  it.each(views)(
    'have no serious fault in $scheme at $width px, and fit',
    async ({ scheme, width }) => {
      // The script of axe-core is put in from outside; the pages themselves let none run.
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: scheme,
        bypassCSP: true,
      });
      const page = await context.newPage();
      for (const [name, path] of Object.entries(paths)) {
        const asked: string[] = [];
        page.on('request', (request) => asked.push(request.url()));
        await page.goto(`${server.url}${path}`);
        expect(await faultsOf(page), `${name} in ${scheme} at ${width} px`).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth'), name).toBeLessThanOrEqual(width);
        expect(asked.filter((url) => !url.startsWith(server.url))).toEqual([]);
        // A page of hits is fifty times the same, and its picture would take seconds.
        const fullPage = !name.startsWith('hits');
        await page.screenshot({ path: `test-output/operator-${name}-${scheme}-${width}.png`, fullPage });
        page.removeAllListeners('request');
      }
      await context.close();
    },
    90_000, // twelve pages, each looked at and drawn: a busy machine takes its time
  );

  it('show a chart that fits the window, drawn in the colours of the legend', async () => {
    for (const [width, shown] of [
      [360, '.narrow'],
      [1_200, '.wide'],
    ] as const) {
      const page = await browser.newPage({ viewport: { width, height: 900 } });
      await page.goto(`${server.url}/figures`);
      const chart = page.locator(`.chart ${shown} svg`);
      expect(await chart.isVisible()).toBe(true);
      const box = await chart.boundingBox();
      expect(box?.width).toBeGreaterThan(width * 0.75);
      const swatch = await page.locator('.swatch').first().evaluate('(it) => getComputedStyle(it).backgroundColor');
      const drawn = chart.locator('path[fill="var(--series-1)"]').first();
      expect(await drawn.evaluate('(it) => getComputedStyle(it).fill')).toBe(swatch);
      await page.close();
    }
  });

  it('find hits by keyboard alone, without script, and can be come back to', async () => {
    const context = await browser.newContext({ viewport: { width: 1_200, height: 900 }, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${server.url}/hits`);
    await page.getByLabel('Words').focus();
    await page.keyboard.type('ferry');
    await page.keyboard.press('Enter');
    await page.waitForURL(/words=ferry/);
    const found = await page.locator('h3').allInnerTexts();
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((headline) => /ferry/i.test(headline))).toBe(true);
    await page.getByLabel('Watch').selectOption({ label: 'Floods' });
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Show' }).press('Enter');
    await page.waitForURL(/watch=\w/);
    expect(await page.getByLabel('Words').inputValue()).toBe('ferry');
    await page.goBack();
    expect(await page.locator('h3').allInnerTexts()).toEqual(found);
    const feed = page.locator('link[rel=alternate]');
    expect(await feed.getAttribute('type')).toBe('application/rss+xml');
    await context.close();
  });
});
