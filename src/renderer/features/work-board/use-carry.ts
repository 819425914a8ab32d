/** Makes a card one that can be carried. */
import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';
import type { Task } from '../../../core/task/task.ts';
import { useHands } from './board-hands.tsx';

export function useCarry(element: RefObject<HTMLElement | null>, task: Task): void {
  const { carry } = useHands();
  const latest = useRef(task);
  latest.current = task;
  useEffect(() => {
    if (!element.current) return;
    return draggable({
      element: element.current,
      getInitialData: () => ({ taskId: latest.current.id }),
      onDragStart: () => carry(latest.current),
      onDrop: () => carry(null),
    });
  }, [element, carry]);
}
