/** Opens the org chart and drags a card over it, close by and from far, and counts the frames. */
import type { Page } from 'playwright-core';
import type { Frames } from './frames.ts';
import { framesWhile } from './frames.ts';

export interface ChartFigures {
  readonly openMs: number;
  readonly near: Frames;
  readonly far: Frames;
}

const dragMs = 3_000;

/** @param page of a company, on any other screen */
export async function measureChart(page: Page): Promise<ChartFigures> {
  const link = page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: /^Org chart/ });
  await link.waitFor();
  await page.evaluate(() => {
    const state = window as unknown as { opened: Promise<number> };
    state.opened = new Promise((resolve) => {
      window.addEventListener(
        'click',
        () => {
          const began = performance.now();
          const look = () => {
            const isThere = document.querySelector('.react-flow__node-member') !== null;
            if (isThere) requestAnimationFrame(() => resolve(performance.now() - began));
            else requestAnimationFrame(look);
          };
          look();
        },
        { capture: true, once: true },
      );
    });
  });
  await link.click();
  const openMs = await page.evaluate(() => (window as unknown as { opened: Promise<number> }).opened);
  await page.waitForTimeout(1_000);
  const far = await dragFrames(page);
  await page.getByRole('button', { name: 'Zoom in' }).click({ clickCount: 1 });
  for (let step = 0; step < 10; step += 1) await page.getByRole('button', { name: 'Zoom in' }).click();
  await page.waitForTimeout(1_000);
  return { openMs, far, near: await dragFrames(page) };
}

/** In circles around the middle, as fast as a hand. */
async function dragFrames(page: Page): Promise<Frames> {
  const box = await cardInSight(page);
  await page.mouse.move(box.x, box.y);
  await page.mouse.down();
  await page.mouse.move(box.x + 12, box.y + 12, { steps: 4 });
  const frames = await framesWhile(page, dragMs, async () => {
    const ended = Date.now() + dragMs;
    for (let angle = 0; Date.now() < ended; angle += 0.15) {
      await page.mouse.move(box.x + Math.cos(angle) * 220, box.y + Math.sin(angle) * 160);
    }
  });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  const undo = page.getByRole('button', { name: /^Undo:/ });
  if (await undo.isEnabled({ timeout: 1_000 }).catch(() => false)) await undo.click();
  return frames;
}

async function cardInSight(page: Page): Promise<{ x: number; y: number }> {
  return page.evaluate(() => {
    const [width, height] = [window.innerWidth, window.innerHeight];
    const cards = [...document.querySelectorAll('.react-flow__node-member')].map((card) =>
      card.getBoundingClientRect(),
    );
    const inside = cards.filter(
      ({ left, top, right, bottom }) =>
        left > 500 && top > 300 && right < width - 500 && bottom < height - 300,
    );
    const chosen = inside[Math.floor(inside.length / 2)] ?? cards[0];
    if (!chosen) throw new Error('there is no card in sight');
    return { x: chosen.x + chosen.width / 2, y: chosen.y + chosen.height / 2 };
  });
}
