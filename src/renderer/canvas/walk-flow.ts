/** Where an arrow key leads on the drawing: to the nearest thing in that direction. Pure. */
import type { Box } from './flow.ts';

const directions = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
} as const;

export type Arrow = keyof typeof directions;

export const isArrow = (key: string): key is Arrow => Object.hasOwn(directions, key);

interface Placed {
  readonly id: string;
  readonly box: Box;
}

interface Drawing {
  readonly items: readonly Placed[];
  readonly byId: ReadonlyMap<string, Placed>;
}

/** @param from null: the first thing. @returns null: there is nothing */
export function walkFlow({ items, byId }: Drawing, from: string | null, key: Arrow): string | null {
  const here = from === null ? undefined : byId.get(from);
  if (!here) return items[0]?.id ?? null;
  const [dx, dy] = directions[key];
  const [x, y] = middleOf(here);
  let best: { id: string; cost: number } | null = null;
  for (const item of items) {
    if (item.id === here.id) continue;
    const [otherX, otherY] = middleOf(item);
    const along = (otherX - x) * dx + (otherY - y) * dy;
    const across = Math.abs((otherX - x) * dy) + Math.abs((otherY - y) * dx);
    if (along <= 4 || across > along * 3) continue;
    const cost = along + across * 2;
    if (best === null || cost < best.cost) best = { id: item.id, cost };
  }
  return best?.id ?? here.id;
}

function middleOf({ box }: Placed): readonly [number, number] {
  return [box.x + box.width / 2, box.y + box.height / 2];
}
