/** A person without a mouse: Tab goes on, and what has the focus is known by its name. */
import type { Page } from 'playwright-core';

/** What a screen reader would say of the focused element. */
const focused = `(() => {
  const at = document.activeElement;
  const label = at?.labels?.[0]?.textContent ?? at?.getAttribute('aria-label') ?? at?.textContent ?? '';
  const ring = getComputedStyle(at).outlineStyle !== 'none';
  return { name: at === document.body ? '' : label.replace(/\\s+/g, ' ').trim(), ring };
})()`;

/** Tabs on to the first element of the name. @throws when it is not reached, or its focus cannot be seen */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    const at = (await page.evaluate(focused)) as { name: string; ring: boolean };
    if (at.name !== name) continue;
    if (!at.ring) throw new Error(`the focus on “${name}” cannot be seen`);
    return;
  }
  throw new Error(`“${name}” is not reached by Tab on ${page.url()}`);
}

/** Enter on a button or link, and the page that follows. */
export async function pressEnter(page: Page): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}
