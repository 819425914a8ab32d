/** Makes a cell of the board a place to drop cards, and knows what the card that is carried would do there. */
import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import type { RefObject } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { EpochMs } from '../../../core/units.ts';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { useHands } from './board-hands.tsx';
import { moveToCell } from './cell-moves.ts';
import type { Move, Target } from './moves.ts';

export interface Drop {
  /** Null: no card is carried. */
  readonly move: Move | null;
  readonly isOver: boolean;
}

export function useDrop(element: RefObject<HTMLElement | null>, targets: readonly Target[]): Drop {
  const { carried, perform } = useHands();
  const self = useSelf();
  const [isOver, setOver] = useState(false);
  const move = useLive((state) => {
    const task = carried && state.tasks.get(carried.id);
    return task ? moveToCell(state, task, targets, { self, now: Date.now() as EpochMs }) : null;
  });
  const latest = useRef({ carried, move, perform });
  latest.current = { carried, move, perform };
  useEffect(() => {
    if (!element.current) return;
    return dropTargetForElements({
      element: element.current,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: () => {
        setOver(false);
        const drop = latest.current;
        if (drop.carried && drop.move) drop.perform(drop.carried, drop.move);
      },
    });
  }, [element]);
  return { move, isOver: isOver && carried !== null };
}
