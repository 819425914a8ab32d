/** The arrow keys (and h j k l) walk over the cards of the board. */
import type { RefObject } from 'react';
import { useKeys } from '../../lib/use-keys.ts';

type Step = 'up' | 'down' | 'left' | 'right';

export function useCardKeys(board: RefObject<HTMLElement | null>): void {
  const walk = (step: Step) => () => {
    if (board.current) moveFocus(board.current, step);
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

function moveFocus(board: HTMLElement, step: Step): void {
  const columns = [...board.querySelectorAll<HTMLElement>('[data-column]')].map((column) => [
    ...column.querySelectorAll<HTMLElement>('[data-task]'),
  ]);
  const at = columns.findIndex((cards) => cards.some((card) => card.matches(':focus')));
  const row = columns[at]?.findIndex((card) => card.matches(':focus')) ?? 0;
  targetOf(columns, at, row, step)?.focus();
}

function targetOf(columns: HTMLElement[][], at: number, row: number, step: Step): HTMLElement | undefined {
  if (at < 0) return columns.find((cards) => cards.length > 0)?.[0];
  switch (step) {
    case 'down':
      return columns[at]?.[row + 1];
    case 'up':
      return columns[at]?.[row - 1];
    case 'right':
      return nearest(
        columns.slice(at + 1).find((cards) => cards.length > 0),
        row,
      );
    case 'left':
      return nearest(
        columns.slice(0, at).findLast((cards) => cards.length > 0),
        row,
      );
  }
}

function nearest(cards: HTMLElement[] | undefined, row: number): HTMLElement | undefined {
  return cards?.[Math.min(row, cards.length - 1)];
}
