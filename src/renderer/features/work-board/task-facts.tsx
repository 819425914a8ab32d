/** Who, what for, how urgent, built on what. */
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Task } from '../../../core/task/task.ts';
import { MemberAvatar } from '../../company/member-avatar.tsx';
import { taskPhase } from '../../company/phase.ts';
import { PrioritySign } from '../../company/priority-sign.tsx';
import { strings as shared } from '../../company/strings.ts';
import { Hash } from '../../design/hash.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import { Tag } from '../../design/tag.tsx';
import { Until } from '../../lib/ago.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { strings } from './strings.ts';

const link = 'rounded-sm text-ink underline decoration-line-strong underline-offset-2 hover:decoration-alive';

export function TaskFacts({ task }: { task: Task }) {
  const { assignee, epic, before } = useLive((state) => ({
    assignee: task.assigneeId ? state.members.get(task.assigneeId) : undefined,
    epic: task.epicId ? state.epics.get(task.epicId) : undefined,
    before: task.dependsOn.flatMap((id) => state.tasks.get(id) ?? []),
  }));
  return (
    <dl className="grid grid-cols-[110px_1fr] gap-x-3 gap-y-1.5">
      <Fact label={strings.assignee}>
        {assignee ? (
          <span className="flex items-center gap-1.5">
            <MemberAvatar member={assignee} size="small" live={task.state === 'leased'} />
            {task.reserved ? strings.keptFor(assignee.name) : assignee.name}
          </span>
        ) : (
          <span className="text-muted">{strings.nobody}</span>
        )}
      </Fact>
      {task.roleId && (
        <Fact label={strings.role}>
          <Tag mono>{task.roleId}</Tag>
        </Fact>
      )}
      <Fact label={strings.priority}>
        <span className="flex items-center gap-1.5">
          <PrioritySign priority={task.priority} />
          {shared.priorities[task.priority]}
        </span>
      </Fact>
      {epic && (
        <Fact label={strings.epic}>
          <Link href={`/board/${epic.id}/${task.id}`} className={link}>
            {epic.title}
          </Link>
        </Fact>
      )}
      {before.length > 0 && (
        <Fact label={strings.dependsOn}>
          <ul className="flex flex-col gap-1">
            {before.map((other) => (
              <li key={other.id} className="flex items-center gap-1.5">
                <StatusDot status={taskPhase(other).status} />
                <Link href={`/board/${other.epicId}/${other.id}`} className={link}>
                  {other.title}
                </Link>
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {task.requiresCapabilities.length > 0 && (
        <Fact label={strings.capabilities}>
          <span className="flex flex-wrap gap-1">
            {task.requiresCapabilities.map((capability) => (
              <Tag key={capability} mono>
                {capability}
              </Tag>
            ))}
          </span>
        </Fact>
      )}
      {task.checks.length > 0 && (
        <Fact label={strings.checks}>
          <span className="font-mono text-xs">{task.checks.join(' · ')}</span>
        </Fact>
      )}
      {task.lease && (
        <Fact label={strings.lease}>
          <span className="flex flex-wrap items-center gap-x-2">
            {task.lease.workerId && (
              <Link href={`/workers/${task.lease.workerId}`} className={link}>
                {shared.workerLog}
              </Link>
            )}
            {task.lease.until !== null && (
              <span className="text-muted text-xs">
                {strings.leaseEnds} <Until at={task.lease.until} />
              </span>
            )}
          </span>
        </Fact>
      )}
      <Fact label={strings.id}>
        <Hash value={task.id} label={shared.copyId(task.id)} shown={20} />
      </Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
