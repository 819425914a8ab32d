/** The shape of what is on its way. */
import { classNames } from './class-names.ts';

export function Skeleton({
  label,
  rows = 3,
  className,
}: {
  label: string;
  rows?: number;
  className?: string;
}) {
  return (
    <div role="status" aria-label={label} className={classNames('flex flex-col gap-2', className)}>
      {Array.from({ length: rows }, (_, row) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
          key={row}
          className="h-9 animate-shimmer rounded-md bg-[length:200%_100%] bg-linear-to-r from-surface via-hover to-surface"
        />
      ))}
    </div>
  );
}
