/** A worker in the list: for whom, at what, and when it was last heard of. */
import { memo } from 'react';
import { Link } from 'wouter';
import type { WorkerFacts } from '../../../contract/worker-facts.ts';
import type { Worker } from '../../../core/worker/worker.ts';
import { MemberAvatar } from '../../company/member-avatar.tsx';
import { workerPhase } from '../../company/phase.ts';
import { classNames } from '../../design/class-names.ts';
import { StatusDot } from '../../design/status-dot.tsx';
import { Ago } from '../../lib/ago.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { hostOfWorker } from './host-rows.ts';
import { shortFacts } from './process-facts.tsx';
import { strings } from './strings.ts';
import { useSuspicion } from './suspicion.tsx';
import { workerTasks } from './worker-tasks.ts';

interface WorkerRowProps {
  worker: Worker;
  facts: WorkerFacts | undefined;
  isOpen: boolean;
}

export const WorkerRow = memo(function WorkerRow({ worker, facts, isOpen }: WorkerRowProps) {
  const silence = useSuspicion(worker);
  const { host, member, tasks } = useLive((state) => ({
    host: hostOfWorker(state, worker.hostId),
    member: state.members.get(worker.memberId),
    tasks: workerTasks(state, worker),
  }));
  const phase = workerPhase(worker);
  const busy = tasks.length > 0;
  return (
    <Link
      href={`/workers/${worker.id}`}
      data-item
      aria-current={isOpen ? 'true' : undefined}
      className={classNames(
        'flex items-start gap-2.5 rounded-md border px-3 py-2.5 transition-colors duration-150',
        isOpen ? 'border-alive bg-raised' : 'border-line bg-surface hover:border-line-strong',
      )}
    >
      {member && <MemberAvatar member={member} live={busy} />}
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2">
          <span className="min-w-0 flex-1 truncate font-medium">{member?.name ?? worker.memberId}</span>
          <span className="flex items-center gap-1.5 text-muted text-xs">
            <StatusDot status={phase.status} live={busy || phase.live} />
            {phase.label}
          </span>
        </span>
        <span className={classNames('block truncate text-xs', busy ? 'text-alive' : 'text-faint')}>
          {busy ? tasks.map(({ title }) => title).join(', ') : (worker.exitReason ?? strings.idle)}
        </span>
        <span className="flex justify-between gap-2 text-faint text-xs">
          <span className="min-w-0 truncate">
            <span className="font-mono">{member?.roleIds.join(', ')}</span>
            {host !== null && ` ${strings.onHost(host)}`}
          </span>
          {silence === null ? (
            <span className="whitespace-nowrap">
              {facts && <span className="tabular-nums">{shortFacts(facts)} </span>}
              {!facts && <Ago at={worker.endedAt ?? worker.lastSeenAt} />}
            </span>
          ) : (
            <span className="whitespace-nowrap text-waiting">{strings.silent(silence)}</span>
          )}
        </span>
      </span>
    </Link>
  );
});
