/** Every attempt at a task: who, how long, how it ended. */
import { Link } from 'wouter';
import type { Attempt, AttemptOutcome } from '../../core/task/task.ts';
import type { Status } from '../design/status-dot.tsx';
import { StatusDot } from '../design/status-dot.tsx';
import { Lasting } from '../lib/ago.tsx';
import { useLive } from '../lib/company-context.tsx';
import { strings } from './strings.ts';

const statuses: Record<AttemptOutcome, Status> = {
  submitted: 'done',
  failed: 'failure',
  expired: 'failure',
  released: 'idle',
  cancelled: 'idle',
};

export function AttemptList({ attempts }: { attempts: readonly Attempt[] }) {
  const members = useLive((state) => attempts.map(({ memberId }) => state.members.get(memberId)?.name));
  return (
    <ol className="flex flex-col gap-1.5">
      {attempts
        .map((attempt, at) => (
          <li key={attempt.number} className="flex items-start gap-2">
            <StatusDot
              status={attempt.outcome ? statuses[attempt.outcome] : 'alive'}
              live={attempt.outcome === null}
              className="mt-1"
            />
            <span className="w-4 font-mono text-faint">{attempt.number}</span>
            <span className="min-w-0 flex-1">
              <span>{members[at] ?? attempt.memberId}</span>{' '}
              <span className="text-muted">
                {attempt.outcome ? strings.attemptOutcomes[attempt.outcome] : strings.taskStates.leased}
              </span>
              {attempt.reason && <span className="block text-muted text-xs">{attempt.reason}</span>}
            </span>
            {attempt.workerId && (
              <Link
                href={`/workers/${attempt.workerId}`}
                className="rounded-sm text-muted text-xs underline decoration-line-strong underline-offset-2 hover:text-ink"
              >
                {strings.workerLog}
              </Link>
            )}
            <Lasting from={attempt.startedAt} to={attempt.endedAt} className="font-mono text-faint text-xs" />
          </li>
        ))
        .toReversed()}
    </ol>
  );
}
