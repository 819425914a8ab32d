/** What axe finds wrong with a screen, in both themes, told so that it can be mended. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { endShow, showTheme } from './show-theme.ts';

/** Every serious or critical violation: theme, rule, what it is, where. */
export async function seriousViolations(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const theme of ['dark', 'light'] as const) {
    await showTheme(page, theme);
    // The desktop app opens no second page for axe to gather its results on.
    const builder = new AxeBuilder({ page }).setLegacyMode(page.url().startsWith('app:'));
    const { violations } = await builder.analyze();
    for (const { id, impact, help, nodes } of violations) {
      if (impact !== 'serious' && impact !== 'critical') continue;
      found.push(
        ...nodes.map(({ html, failureSummary }) => `${theme} ${id}: ${help}\n${html}\n${failureSummary}`),
      );
    }
  }
  await endShow(page);
  return found;
}
