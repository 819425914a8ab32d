/** Moments and lengths of time, told anew each second, with the exact moment on hover. */
import type { EpochMs } from '../../core/units.ts';
import { formatDuration, formatExact, formatRelative } from './format.ts';
import { useAtNow } from './use-now.ts';

/** A moment of the past; a clock that runs ahead elsewhere makes it "now", never a time to come. */
export function Ago({ at, className }: { at: EpochMs; className?: string }) {
  const said = useAtNow((now) => formatRelative(at, Math.max(now, at)));
  return (
    <time dateTime={new Date(at).toISOString()} title={formatExact(at)} className={className}>
      {said}
    </time>
  );
}

/** How soon something comes: `in 40 sec.`; when it is past, how long ago it was. */
export function Until({ at, className }: { at: EpochMs; className?: string }) {
  const said = useAtNow((now) => formatRelative(at, now));
  return (
    <time dateTime={new Date(at).toISOString()} title={formatExact(at)} className={className}>
      {said}
    </time>
  );
}

/** How long something has lasted, or lasted when it has ended: `2 min 5 s`. */
export function Lasting({ from, to, className }: { from: EpochMs; to: EpochMs | null; className?: string }) {
  const said = useAtNow((now) => formatDuration((to ?? Math.max(now, from)) - from));
  return (
    <time title={formatExact(from)} className={className}>
      {said}
    </time>
  );
}
