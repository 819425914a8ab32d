/** Pictures of a screen in both themes and two sizes, for the eye and for the documentation: taken by `npm run screenshots` alone. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { projectFolder } from '../../../build/project-folder.ts';
import type { Theme } from './show-theme.ts';
import { endShow, showTheme } from './show-theme.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

const usual: Size = { width: 1440, height: 900 };
const small: Size = { width: 1024, height: 700 };
const themes: readonly Theme[] = ['dark', 'light'];

const folder = path.join(projectFolder, 'test-results', 'screenshots');

/** Those of docs/look.md and the README. */
const documented: ReadonlySet<string> = new Set([
  'home',
  'board',
  'board-lanes',
  'board-task',
  'timeline',
  'epic-graph',
  'gate-waits',
  'gate-checks',
  'org-chart',
  'org-review',
  'org-yaml',
  'workflow',
  'workers-overview',
  'workers',
  'threads',
  'costs',
  'history-board',
  'reviews-report',
  'channels',
  'onboarding-template',
  'onboarding-done',
  'cut-off',
  'conflict',
  'line-lost',
  'settings',
  'palette',
]);

/** Set by `npm run screenshots`: the folder of the documentation. Without it nothing is drawn: no test looks at a picture. */
const documentation = process.env.AGENTCOORD_DOCS_SCREENSHOTS;

/**
 * @param kind what the UI runs in, and the folder of its pictures: `browser`, `electron`
 * @param sizes the window afterwards has the first
 */
export async function photograph(
  page: Page,
  kind: string,
  name: string,
  sizes: readonly [Size, ...Size[]] = [usual, small],
): Promise<void> {
  if (!documentation) return page.setViewportSize(sizes[0]);
  await mkdir(path.join(folder, kind), { recursive: true });
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const theme of themes) {
      await showTheme(page, theme);
      // What was said of the step before says nothing of this screen.
      await page.evaluate(() => {
        for (const said of document.querySelectorAll<HTMLElement>('[data-toasts]')) said.style.opacity = '0';
      });
      const file = `${name}-${theme}-${size.width}.png`;
      await page.screenshot({ path: path.join(folder, kind, file) });
      if (size.width === usual.width && documented.has(name)) {
        await page.screenshot({ path: path.join(documentation, `${name}-${theme}.png`) });
      }
    }
  }
  await page.setViewportSize(sizes[0]);
  await endShow(page);
}
