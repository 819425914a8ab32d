/** Where the arrow keys lead on the chart: up and down through groups and who is in them, aside to the nearest of its kind. Pure. */
import type { ChartLayout, Placed } from './chart-layout.ts';

export type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';

export function isArrow(key: string): key is Arrow {
  return key === 'ArrowUp' || key === 'ArrowDown' || key === 'ArrowLeft' || key === 'ArrowRight';
}

/** From nowhere, to the top. Where nothing lies that way, it stays. */
export function walk(layout: ChartLayout, from: string | null, arrow: Arrow): string | null {
  const here = from === null ? undefined : layout.byId.get(from);
  if (!here) return layout.items[0]?.id ?? null;
  switch (arrow) {
    case 'ArrowUp':
      return siblingAt(layout, here, -1)?.id ?? parentOf(layout, here)?.id ?? here.id;
    case 'ArrowDown':
      return down(layout, here)?.id ?? here.id;
    case 'ArrowLeft':
      return aside(layout, here, -1)?.id ?? here.id;
    case 'ArrowRight':
      return aside(layout, here, 1)?.id ?? here.id;
  }
}

/** Every group in which something can be let go, in the order of the drawing. */
export function groupsOf(layout: ChartLayout): Placed[] {
  return layout.items.filter(({ kind }) => kind !== 'member');
}

const inside = (layout: ChartLayout, id: string): Placed[] =>
  layout.items.filter(({ parentId }) => parentId === id);

function parentOf(layout: ChartLayout, item: Placed): Placed | undefined {
  if (item.kind === 'department') return layout.items[0];
  return item.parentId === null ? undefined : layout.byId.get(item.parentId);
}

function down(layout: ChartLayout, item: Placed): Placed | undefined {
  if (item.kind === 'member') return siblingAt(layout, item, 1);
  if (item.kind !== 'top') return inside(layout, item.id)[0];
  return inside(layout, item.id)[0] ?? layout.items.find(({ kind }) => kind === 'department');
}

/** Of cards only: they stand one under the other. Below the last card of the top come the departments. */
function siblingAt(layout: ChartLayout, item: Placed, step: 1 | -1): Placed | undefined {
  if (item.kind !== 'member' || item.parentId === null) return undefined;
  const cards = inside(layout, item.parentId);
  if (layout.byId.get(item.parentId)?.kind === 'top') {
    return step === 1 ? layout.items.find(({ kind }) => kind === 'department') : undefined;
  }
  return cards[cards.findIndex(({ id }) => id === item.id) + step];
}

/** The nearest of the same kind on that side; what lies off to above or below counts as farther. */
function aside(layout: ChartLayout, item: Placed, side: 1 | -1): Placed | undefined {
  const centre = ({ box }: Placed) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  const from = centre(item);
  let best: { item: Placed; distance: number } | undefined;
  for (const other of layout.items) {
    if (other.kind !== item.kind || other.id === item.id) continue;
    const to = centre(other);
    const ahead = (to.x - from.x) * side;
    if (ahead < 8) continue;
    const distance = ahead + Math.abs(to.y - from.y) * 2;
    if (!best || distance < best.distance) best = { item: other, distance };
  }
  return best?.item;
}
