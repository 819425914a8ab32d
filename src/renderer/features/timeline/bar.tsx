/** One stretch of time in a row: what it was is said by its form and its words, not by its colour alone. */
import { Link } from 'wouter';
import { classNames } from '../../design/class-names.ts';
import { useLive } from '../../lib/company-context.tsx';
import { formatClock, formatDuration } from '../../lib/format.ts';
import type { Segment, SegmentKind } from './epic-timeline.ts';
import { strings } from './strings.ts';

/** Work is full and high, waiting is low, a gate is hatched, what failed is outlined. */
export const segmentLooks: Record<SegmentKind, string> = {
  queue: 'h-1 bg-line-strong',
  work: 'h-5 rounded-sm bg-alive/80',
  failed: 'h-5 rounded-sm border border-failure bg-failure-soft',
  retry: 'h-1 bg-failure/50',
  gate: 'h-5 rounded-sm border border-waiting/70 bg-hatched-waiting',
};

const leastPercent = 0.35;

export interface BarProps {
  segment: Segment;
  /** Of the whole, from 0 to 100. */
  left: number;
  width: number;
}

export function Bar({ segment, left, width }: BarProps) {
  const { kind, from, to, isOpen, attempt } = segment;
  const name = useLive((state) => (attempt ? (state.members.get(attempt.memberId)?.name ?? '') : ''));
  const what = attempt ? strings.attempt(attempt.number, name) : strings.kinds[kind];
  const words = [
    strings.segment(what, formatClock(from), formatDuration(to - from)),
    isOpen && strings.goesOn,
    attempt?.reason,
  ]
    .filter(Boolean)
    .join(' · ');
  const style = { left: `${left}%`, width: `max(${leastPercent}%, ${width}%)` };
  const look = classNames(
    'absolute top-1/2 -translate-y-1/2',
    segmentLooks[kind],
    isOpen && kind === 'work' && 'animate-pulse-alive',
  );
  if (attempt?.workerId) {
    return (
      <Link
        href={`/workers/${attempt.workerId}`}
        title={words}
        aria-label={words}
        className={look}
        style={style}
      >
        {attempt.number > 1 && (
          <span className="pl-1 font-mono text-[10px] text-on-alive leading-5">{attempt.number}</span>
        )}
      </Link>
    );
  }
  return <span role="img" title={words} aria-label={words} className={look} style={style} />;
}
