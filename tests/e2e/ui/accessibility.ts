/** What axe finds wrong with a screen, in both themes, told so that it can be mended. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Until the colours have changed; motion is off, so it takes no time. In ms. */
const settledMs = 60;

/** Every serious or critical violation: theme, rule, what it is, where. */
export async function seriousViolations(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const theme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.waitForTimeout(settledMs);
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, impact, help, nodes } of violations) {
      if (impact !== 'serious' && impact !== 'critical') continue;
      found.push(
        ...nodes.map(({ html, failureSummary }) => `${theme} ${id}: ${help}\n${html}\n${failureSummary}`),
      );
    }
  }
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: null });
  return found;
}
