/** Where a pointer has to go to take hold of something. */
import type { Locator } from 'playwright-core';

/** Its middle, once it stands still: what is drawn glides to where a change puts it. */
export async function centreOf(thing: Locator): Promise<{ x: number; y: number }> {
  for (let last = ''; ; ) {
    const box = await thing.boundingBox();
    if (!box) throw new Error('it is not on the screen');
    if (JSON.stringify(box) === last) return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    last = JSON.stringify(box);
    await thing.page().waitForTimeout(100);
  }
}
