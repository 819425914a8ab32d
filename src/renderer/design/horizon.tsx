/** The grid that runs to the horizon: what an empty place shows in place of nothing. */
import { classNames } from './class-names.ts';

const verticals = Array.from({ length: 31 }, (_, at) => (at - 15) * 34);
const horizontals = [0.5, 5, 12, 22, 36, 56, 84];

export function Horizon({ className }: { className?: string }) {
  return (
    <svg
      viewBox="-340 0 680 84"
      preserveAspectRatio="none"
      aria-hidden="true"
      className={classNames(
        'pointer-events-none w-full [mask-image:linear-gradient(to_right,transparent,black_20%,black_80%,transparent)]',
        className,
      )}
    >
      <defs>
        <linearGradient id="horizon-fade" gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="0" y2="84">
          <stop offset="0" stopColor="var(--color-needs)" stopOpacity="0.9" />
          <stop offset="0.35" stopColor="var(--color-alive)" stopOpacity="0.5" />
          <stop offset="1" stopColor="var(--color-alive)" stopOpacity="0.08" />
        </linearGradient>
      </defs>
      <g stroke="url(#horizon-fade)" strokeWidth="1" fill="none">
        {verticals.map((x) => (
          <path key={x} d={`M${x * 0.42} 0 L${x * 2.6} 84`} vectorEffect="non-scaling-stroke" />
        ))}
        {horizontals.map((y) => (
          <path key={y} d={`M-900 ${y} L900 ${y}`} vectorEffect="non-scaling-stroke" />
        ))}
      </g>
    </svg>
  );
}
