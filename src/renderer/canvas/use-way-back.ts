/** Escape leads from the panel back to the drawing, where the keys go on from what is selected. */
import type { RefObject } from 'react';
import { useEffect } from 'react';

export function useWayBack(panel: RefObject<HTMLElement | null>, stage: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const side = panel.current;
    if (!side) return;
    const press = ({ key, defaultPrevented }: KeyboardEvent) => {
      if (key === 'Escape' && !defaultPrevented) stage.current?.focus({ preventScroll: true });
    };
    side.addEventListener('keydown', press);
    return () => side.removeEventListener('keydown', press);
  }, [panel, stage]);
}
