/** What is in the middle of a canvas stays there when its room changes, such as by a panel that opens beside it. */
import type { Viewport } from '@xyflow/react';
import type { RefObject } from 'react';
import { useEffect } from 'react';

/** All that is asked of the drawing. */
interface Movable {
  getViewport(): Viewport;
  setViewport(viewport: Viewport): unknown;
}

export function useKeptMiddle(
  stage: RefObject<HTMLElement | null>,
  drawing: RefObject<Movable | null>,
): void {
  useEffect(() => {
    const room = stage.current;
    if (!room) return;
    let width = room.clientWidth;
    const observer = new ResizeObserver(() => {
      const shift = (room.clientWidth - width) / 2;
      width = room.clientWidth;
      if (shift === 0 || !drawing.current) return;
      const viewport = drawing.current.getViewport();
      drawing.current.setViewport({ ...viewport, x: viewport.x + shift });
    });
    observer.observe(room);
    return () => observer.disconnect();
  }, [stage, drawing]);
}
