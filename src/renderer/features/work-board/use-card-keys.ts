/** The arrow keys (and h j k l) walk over the cards of the board, also to those that are not in the page yet. */
import type { RefObject } from 'react';
import { useRef } from 'react';
import type { TaskId } from '../../../core/ids.ts';
import { taskIdSchema } from '../../../core/ids.ts';
import { useKeys } from '../../lib/use-keys.ts';
import type { BoardGrid } from './board-grid.ts';
import type { BoardScroll } from './board-scroll.ts';
import type { Step } from './card-places.ts';
import { cardTowards } from './card-places.ts';

export interface CardKeys {
  readonly board: RefObject<HTMLElement | null>;
  readonly grid: BoardGrid;
  readonly folded: ReadonlySet<string>;
  readonly scroll: BoardScroll;
}

/** Frames in which a card that was scrolled to has to appear. */
const patience = 30;

export function useCardKeys({ board, grid, folded, scroll }: CardKeys): void {
  /** A card that has scrolled out of the page had the focus all the same. */
  const last = useRef<TaskId | null>(null);
  const walk = (step: Step) => () => {
    const focused = board.current?.querySelector<HTMLElement>('[data-task]:focus')?.dataset.task;
    const from = focused === undefined ? last.current : taskIdSchema.parse(focused);
    const to = cardTowards(grid, folded, from, step);
    if (!to) return;
    last.current = to.taskId;
    scroll.toCard(to);
    focusSoon(board, to.taskId, () => last.current === to.taskId, patience);
  };
  useKeys({
    ArrowDown: walk('down'),
    ArrowUp: walk('up'),
    ArrowLeft: walk('left'),
    ArrowRight: walk('right'),
    j: walk('down'),
    k: walk('up'),
    h: walk('left'),
    l: walk('right'),
  });
}

function focusSoon(
  board: RefObject<HTMLElement | null>,
  id: TaskId,
  isWanted: () => boolean,
  frames: number,
): void {
  const card = board.current?.querySelector<HTMLElement>(`[data-task="${CSS.escape(id)}"]`);
  if (card) return card.focus();
  if (frames > 0 && isWanted()) requestAnimationFrame(() => focusSoon(board, id, isWanted, frames - 1));
}
