/** What was used of a limit as a bar: used, held for calls under way, where it warns, and where it stops. */
import { Meter } from 'react-aria-components';
import { nearlyUsedUpAt } from '../../../core/budget/budget.ts';
import { classNames } from '../../design/class-names.ts';
import { formatShare } from '../../lib/format.ts';

export interface BudgetBarProps {
  /** In words, with figures and units: what the bar shows. */
  label: string;
  used: number;
  reserved: number;
  limit: number | null;
  /** What the whole width stands for; left out: the limit, or what is used when that is more. */
  most?: number;
  className?: string;
}

/** The share of a limit at which it is said that it is nearly used up. */
export const warnShare = nearlyUsedUpAt.parts / nearlyUsedUpAt.of;

export function BudgetBar({ label, used, reserved, limit, most, className }: BudgetBarProps) {
  const whole = Math.max(most ?? Math.max(limit ?? 0, used + reserved), Number.MIN_VALUE);
  const at = (amount: number) => `${Math.min(100, (100 * amount) / whole)}%`;
  const within = limit === null ? used : Math.min(used, limit);
  const over = used - within;
  const isNear = limit !== null && used >= limit * warnShare;
  const bar = (
    <>
      <span
        className={classNames(
          'absolute inset-y-0 left-0 rounded-l-sm transition-[width] duration-200 ease-out',
          isNear ? 'bg-waiting' : 'bg-alive',
          over === 0 && reserved === 0 && 'rounded-r-sm',
        )}
        style={{ width: at(within) }}
      />
      {over > 0 && (
        <span
          className="absolute inset-y-0 rounded-r-sm bg-failure"
          style={{ left: at(within), width: `calc(${at(used)} - ${at(within)})` }}
        />
      )}
      {reserved > 0 && (
        <span
          className="absolute inset-y-0 rounded-r-sm bg-[repeating-linear-gradient(135deg,var(--color-alive)_0_2px,transparent_2px_5px)] opacity-80"
          style={{ left: at(used), width: `calc(${at(used + reserved)} - ${at(used)})` }}
        />
      )}
      {limit !== null && limit <= whole && (
        <>
          <WarnMark at={at(limit * warnShare)} />
          <StopMark at={at(limit)} />
        </>
      )}
    </>
  );
  if (limit === null) {
    return <span className={classNames('relative block rounded-sm', className)}>{bar}</span>;
  }
  const share = used / Math.max(limit, Number.MIN_VALUE);
  return (
    <Meter
      aria-label={label}
      value={Math.min(100, 100 * share)}
      valueLabel={formatShare(share)}
      className={classNames('relative block rounded-sm', className)}
    >
      {bar}
    </Meter>
  );
}

/** A dashed line: from here on people are told. */
export function WarnMark({ at }: { at: string }) {
  return (
    <span
      aria-hidden="true"
      className="absolute -top-1 -bottom-1 w-0 -translate-x-1/2 border-waiting border-l-2 border-dashed"
      style={{ left: at }}
    />
  );
}

/** A solid line with a foot: here no further call is made. */
export function StopMark({ at }: { at: string }) {
  return (
    <span
      aria-hidden="true"
      className="absolute -top-1.5 -bottom-1.5 w-0.75 -translate-x-1/2 rounded-full bg-failure"
      style={{ left: at }}
    />
  );
}
