/** How far something is, from 0 to 1, with the figure beside the bar. */
import { Meter as AriaMeter } from 'react-aria-components';
import { formatShare } from '../lib/format.ts';
import { classNames } from './class-names.ts';

export interface MeterProps {
  label: string;
  value: number;
  tone?: 'alive' | 'waiting' | 'failure' | 'done';
  /** Hides the figure where the text around it already says it. */
  bare?: boolean;
  className?: string;
}

const tones = { alive: 'bg-alive', waiting: 'bg-waiting', failure: 'bg-failure', done: 'bg-muted' } as const;

export function Meter({ label, value, tone = 'alive', bare = false, className }: MeterProps) {
  const percent = Math.round(value * 100);
  return (
    <AriaMeter
      aria-label={label}
      value={percent}
      className={classNames('flex items-center gap-2', className)}
      valueLabel={formatShare(value)}
    >
      <span className="relative h-1.5 flex-1 overflow-hidden rounded-full bg-line">
        <span
          className={classNames(
            'absolute inset-y-0 left-0 rounded-full transition-[width] duration-200 ease-out',
            tones[tone],
          )}
          style={{ width: `${percent}%` }}
        />
      </span>
      {!bare && (
        <span className="w-12 whitespace-nowrap text-right font-mono text-muted text-xs">
          {formatShare(value)}
        </span>
      )}
    </AriaMeter>
  );
}
