/** Says under the pointer what a drop would do here, or why it can't. */
import { Icon } from '../../design/icon.tsx';
import type { Move } from './moves.ts';

export interface DropHintProps {
  move: Move;
  /** What it would make of a column that is full, in words. */
  overLimit: string | null;
}

export function DropHint({ move, overLimit }: DropHintProps) {
  if (move.kind === 'stay') return null;
  const isRefused = move.kind === 'refused';
  return (
    <p
      role="status"
      className={`sticky top-0 z-10 mb-2 flex items-start gap-2 rounded-md border bg-raised px-2.5 py-1.5 text-xs shadow-raised ${isRefused ? 'border-waiting/50 text-waiting' : 'border-alive/60 text-alive'}`}
    >
      <Icon name={isRefused ? 'warning' : 'check'} className="mt-px" />
      <span className="min-w-0 break-words">
        {isRefused ? move.because : move.label.replace('…', '')}
        {!isRefused && overLimit !== null && <span className="block text-waiting">{overLimit}</span>}
      </span>
    </p>
  );
}
