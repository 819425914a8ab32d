/** Makes a card one that can be carried; in the past none can. */
import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';
import type { Task } from '../../../core/task/task.ts';
import { useIsPast } from '../../lib/moment.ts';
import { useHands } from './board-hands.tsx';

export function useCarry(element: RefObject<HTMLElement | null>, task: Task): void {
  const { carry } = useHands();
  const isPast = useIsPast();
  const latest = useRef(task);
  latest.current = task;
  useEffect(() => {
    if (!element.current || isPast) return;
    return draggable({
      element: element.current,
      getInitialData: () => ({ taskId: latest.current.id }),
      onDragStart: () => carry(latest.current),
      onDrop: () => carry(null),
    });
  }, [element, carry, isPast]);
}
