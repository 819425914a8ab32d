/** A task on the board: what, whose epic, who, and why it waits. */
import { memo, useRef } from 'react';
import { Link } from 'wouter';
import type { Task } from '../../../core/task/task.ts';
import { MemberAvatar } from '../../company/member-avatar.tsx';
import { taskPhase } from '../../company/phase.ts';
import { PrioritySign } from '../../company/priority-sign.tsx';
import { reasonToWait } from '../../company/reason-to-wait.ts';
import { classNames } from '../../design/class-names.ts';
import { Icon } from '../../design/icon.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import { Tag } from '../../design/tag.tsx';
import { Ago, Lasting } from '../../lib/ago.tsx';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { instantOf, useMoment } from '../../lib/moment.ts';
import { ageTone, standsSince } from './since.ts';
import { strings } from './strings.ts';
import { useCarry } from './use-carry.ts';

export interface TaskCardProps {
  task: Task;
  href: string;
  isOpen: boolean;
  isSelected: boolean;
  /** The filter shows one epic, so its name need not be told on each card. */
  hideEpic: boolean;
}

export const TaskCard = memo(function TaskCard({ task, href, isOpen, isSelected, hideEpic }: TaskCardProps) {
  const card = useRef<HTMLAnchorElement>(null);
  useCarry(card, task);
  const self = useSelf();
  const moment = useMoment();
  const { member, epic, because } = useLive((state) => ({
    member: task.assigneeId ? state.members.get(task.assigneeId) : undefined,
    epic: task.epicId ? state.epics.get(task.epicId) : undefined,
    because: reasonToWait(state, task, self, instantOf(moment)),
  }));
  const phase = taskPhase(task);
  const lease = task.lease && task.attempts.at(-1);
  return (
    <Link
      ref={card}
      href={href}
      data-task={task.id}
      aria-current={isOpen ? 'true' : undefined}
      className={classNames(
        'flex flex-col gap-1.5 rounded-md border bg-raised px-3 py-2.5 transition-colors duration-150 hover:border-line-strong',
        isSelected && 'ring-2 ring-alive/70',
        isOpen ? 'border-alive' : task.state === 'failed' ? 'border-failure/60' : 'border-line',
        (task.state === 'done' || task.state === 'cancelled') && 'bg-surface',
      )}
    >
      <span className="flex items-start gap-2">
        {isSelected ? (
          <Icon name="check" className="mt-0.5 text-alive" />
        ) : (
          <StatusDot status={phase.status} live={phase.live} className="mt-1" />
        )}
        <span
          className={classNames(
            'min-w-0 flex-1 hyphens-auto break-words font-medium',
            task.state === 'cancelled' && 'line-through',
          )}
        >
          {task.title}
        </span>
        {member && <MemberAvatar member={member} size="small" live={task.state === 'leased'} />}
      </span>
      {!hideEpic && epic && <span className="truncate text-faint text-xs">{epic.title}</span>}
      {because !== null && (
        <span
          className={classNames(
            'text-xs',
            task.state === 'failed' ? 'text-failure' : because.yours ? 'text-needs' : 'text-waiting',
          )}
        >
          {strings.because(because.text)}
        </span>
      )}
      <span className="flex flex-wrap items-center gap-1.5">
        <PrioritySign priority={task.priority} />
        {task.roleId && <Tag mono>{task.roleId}</Tag>}
        {task.kind === 'review' && (
          <Tag icon="gate" tone="outline">
            {strings.review}
          </Tag>
        )}
        {task.notes.length > 0 && (
          <Tag icon="reply" tone="waiting">
            {strings.round(task.notes.length + 1)}
          </Tag>
        )}
        {task.failures > 0 && <Tag icon="retry">{strings.attempt(task.failures + 1)}</Tag>}
        {task.submission && (
          <span className="flex items-center gap-0.5 font-mono text-faint text-xs">
            <Icon name="file" className="size-3.5" />
            {task.submission.artifacts.length}
          </span>
        )}
        {task.state === 'done' && <DoneAt task={task} />}
        {lease && (
          <Lasting from={lease.startedAt} to={null} className="ml-auto font-mono text-alive text-xs" />
        )}
        {!lease && <Age task={task} />}
      </span>
    </Link>
  );
});

/** How long it has stood here; told once that is long enough to ask why. */
function Age({ task }: { task: Task }) {
  const moment = useMoment();
  const since = standsSince(task);
  const tone = since === null ? null : ageTone(task, since, instantOf(moment));
  if (since === null || tone === null) return null;
  return (
    <span
      title={strings.standsFor}
      className={classNames(
        'ml-auto flex items-center gap-1 text-xs',
        tone === 'failure' ? 'text-failure' : 'text-waiting',
      )}
    >
      <Icon name="clock" className="size-3.5" />
      <Lasting from={since} to={null} className="font-mono" />
    </span>
  );
}

function DoneAt({ task }: { task: Task }) {
  const at = task.attempts.at(-1)?.endedAt ?? null;
  return at !== null && <Ago at={at} className="ml-auto text-faint text-xs" />;
}
