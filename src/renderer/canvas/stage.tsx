/** Where a drawing stands: one stop of the tab key, walked by keys as one thing. */
import type { KeyboardEvent, ReactNode } from 'react';
import { useRef } from 'react';

export interface StageProps {
  /** Says also which keys there are. */
  label: string;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  children: ReactNode;
}

export function Stage({ label, onKeyDown, children }: StageProps) {
  const stage = useRef<HTMLDivElement>(null);
  return (
    <div
      ref={stage}
      role="application"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is walked by keys as one thing
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDownCapture={({ target }) => {
        if (target instanceof HTMLElement && target.closest('button, input')) return;
        stage.current?.focus({ preventScroll: true });
      }}
      className="relative min-h-0 min-w-0 flex-1 outline-offset-[-2px]"
    >
      {children}
    </div>
  );
}
