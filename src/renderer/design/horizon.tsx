/** The grid that runs to the horizon: what an empty place shows in place of nothing. */
import { classNames } from './class-names.ts';

const verticals = Array.from({ length: 21 }, (_, at) => (at - 10) * 34);
const horizontals = [0, 5, 12, 22, 36, 56, 84];

export function Horizon({ className }: { className?: string }) {
  return (
    <svg
      viewBox="-340 0 680 84"
      preserveAspectRatio="xMidYMax slice"
      aria-hidden="true"
      className={classNames('pointer-events-none w-full', className)}
    >
      <defs>
        <linearGradient id="horizon-fade" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="var(--color-needs)" stopOpacity="0.75" />
          <stop offset="0.5" stopColor="var(--color-alive)" stopOpacity="0.45" />
          <stop offset="1" stopColor="var(--color-alive)" stopOpacity="0.05" />
        </linearGradient>
      </defs>
      <g stroke="url(#horizon-fade)" strokeWidth="1" fill="none">
        {verticals.map((x) => (
          <path key={x} d={`M${x * 0.42} 0.01 L${x * 2.6} 84`} />
        ))}
        {horizontals.map((y) => (
          // A line of no height would have no gradient of its own.
          <path key={y} d={`M-900 ${y} L900 ${y + 0.01}`} />
        ))}
      </g>
    </svg>
  );
}
