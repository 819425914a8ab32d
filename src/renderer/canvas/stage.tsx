/** Where a drawing stands: one stop of the tab key, walked by keys as one thing. */
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { useRef } from 'react';

export interface StageProps {
  /** Says also which keys there are. */
  label: string;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  /** For whoever gives it the focus back: what had it may be gone. */
  stage?: RefObject<HTMLDivElement | null>;
  children: ReactNode;
}

export function Stage({ label, onKeyDown, stage: given, children }: StageProps) {
  const own = useRef<HTMLDivElement>(null);
  const stage = given ?? own;
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
