/** Puts a theme on the screen and waits until every colour has changed, however busy the machine is. */
import type { Page } from 'playwright-core';

export type Theme = 'dark' | 'light';

/** Motion is off meanwhile, so that a picture shows the end of every change. */
export async function showTheme(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    const ending = () =>
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    // A colour that is inherited changes one level of the page after the other, each by a change of its own.
    for (let changes = ending(); changes.length > 0; changes = ending()) {
      await Promise.allSettled(changes.map(({ finished }) => finished));
      await frame();
    }
    await frame();
  });
}

/** Back to how the tests look at the page. */
export async function endShow(page: Page): Promise<void> {
  await showTheme(page, 'dark');
  await page.emulateMedia({ reducedMotion: null });
}
