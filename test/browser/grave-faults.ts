/** What axe-core finds on a page that keeps somebody from reading or using it. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Faults that it calls serious or critical; none on a page that is fit for everybody. The page must let scripts run. */
export async function graveFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as axe.AxeResults;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}
