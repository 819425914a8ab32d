/** Beside the pointer while something is dragged: what letting it go would do, or why it can't. */
import { useEffect, useRef } from 'react';
import { classNames } from '../../design/class-names.ts';
import { StatusDot } from '../../design/status-dot.tsx';
import { useChartView } from './chart-view.ts';
import { useDrop } from './drop-store.ts';

export function DropHint() {
  const { drops } = useChartView();
  const verdict = useDrop(drops);
  const hint = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const follow = ({ clientX, clientY }: PointerEvent) => {
      if (!hint.current) return;
      hint.current.style.translate = `${clientX + 16}px ${clientY + 18}px`;
    };
    window.addEventListener('pointermove', follow, { capture: true, passive: true });
    return () => window.removeEventListener('pointermove', follow, { capture: true });
  }, []);
  return (
    <div
      ref={hint}
      className={classNames(
        'pointer-events-none fixed top-0 left-0 z-50 will-change-transform flex max-w-80 items-start gap-2 rounded-md border bg-raised px-2.5 py-1.5 shadow-raised',
        verdict ? '' : 'invisible',
        verdict?.ok ? 'border-alive' : 'border-failure',
      )}
    >
      <StatusDot status={verdict?.ok ? 'alive' : 'failure'} className="mt-1" />
      <span>{verdict?.words}</span>
    </div>
  );
}
