/** Says under the pointer what a drop would do here, or why it can't. */
import { Icon } from '../../design/icon.tsx';
import type { Move } from './moves.ts';

export function DropHint({ move }: { move: Move }) {
  if (move.kind === 'stay') return null;
  const isRefused = move.kind === 'refused';
  return (
    <p
      role="status"
      className={`sticky top-0 z-10 mb-2 flex items-start gap-2 rounded-md border bg-raised px-2.5 py-1.5 text-xs shadow-raised ${isRefused ? 'border-waiting/50 text-waiting' : 'border-alive/60 text-alive'}`}
    >
      <Icon name={isRefused ? 'warning' : 'check'} className="mt-px" />
      <span className="min-w-0 break-words">{isRefused ? move.because : move.label.replace('…', '')}</span>
    </p>
  );
}
