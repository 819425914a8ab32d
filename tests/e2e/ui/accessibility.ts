/** What axe finds wrong with a screen, in both themes, told so that it can be mended. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { endShow, showTheme } from './show-theme.ts';

/**
 * The rules of WCAG 2.x, A and AA, and axe's best practices: none is switched off, and the one that axe leaves out
 * unless it is asked for is asked for here.
 */
const everyRule = { 'target-size': { enabled: true } };

/** What a theme can break: the page itself is the same in both. */
const rulesOfColour = ['color-contrast', 'link-in-text-block'];

/** Every violation, however small axe thinks it: theme, rule, what it is, where. */
export async function violations(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await showTheme(page, theme);
    // Without frames there is nothing to gather on a second page, which the desktop app would not open.
    const builder = new AxeBuilder({ page }).setLegacyMode();
    if (theme === 'dark') builder.options({ rules: everyRule });
    else builder.withRules(rulesOfColour);
    for (const { id, help, nodes } of (await builder.analyze()).violations) {
      found.push(
        ...nodes.map(({ html, failureSummary }) => `${theme} ${id}: ${help}\n${html}\n${failureSummary}`),
      );
    }
  }
  await endShow(page);
  return found;
}
