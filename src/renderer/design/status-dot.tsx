/** A dot whose shape and colour both tell the state: a filled disc lives, a ring rests, a diamond needs you, a cross failed. */
import { classNames } from './class-names.ts';

export type Status = 'alive' | 'waiting' | 'needs' | 'failure' | 'idle' | 'done';

const tones: Record<Status, string> = {
  alive: 'text-alive',
  waiting: 'text-waiting',
  needs: 'text-needs',
  failure: 'text-failure',
  idle: 'text-faint',
  done: 'text-muted',
};

export interface StatusDotProps {
  status: Status;
  /** Pulses: something happens right now. */
  live?: boolean;
  className?: string;
}

export function StatusDot({ status, live = false, className }: StatusDotProps) {
  return (
    <svg
      viewBox="0 0 12 12"
      aria-hidden="true"
      className={classNames('size-3 shrink-0', tones[status], live && 'animate-pulse-alive', className)}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <Shape status={status} />
    </svg>
  );
}

function Shape({ status }: { status: Status }) {
  switch (status) {
    case 'alive':
      return <circle cx="6" cy="6" r="3.6" fill="currentColor" stroke="none" />;
    case 'waiting':
      return <path d="M6 2.2a3.8 3.8 0 1 1 0 7.6 3.8 3.8 0 0 1 0-7.6zM6 4v2.2l1.3.9" />;
    case 'needs':
      return <path d="M6 1.4 10.6 6 6 10.6 1.4 6z" fill="currentColor" stroke="none" />;
    case 'failure':
      return <path d="m3 3 6 6M9 3 3 9" />;
    case 'idle':
      return <circle cx="6" cy="6" r="3.4" />;
    case 'done':
      return <path d="m2.4 6.3 2.4 2.4 4.8-5.2" />;
  }
}
