/** A conflict in the list: what was asked, of what, by whom and where, and when. */
import { memo } from 'react';
import { Link } from 'wouter';
import type { Conflict } from '../../../core/conflict/conflict.ts';
import { commandSubject, commandWords } from '../../company/describe-command.ts';
import { hostLabel } from '../../company/host-label.ts';
import { classNames } from '../../design/class-names.ts';
import { StatusDot } from '../../design/status-dot.tsx';
import { Ago } from '../../lib/ago.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { doerOf } from './conflict-list.ts';
import { strings } from './strings.ts';

export const ConflictCard = memo(function ConflictCard({
  conflict,
  isShown,
}: {
  conflict: Conflict;
  isShown: boolean;
}) {
  const { who, where, subject } = useLive((state) => ({
    who: doerOf(state, conflict),
    where: hostLabel(state, conflict.hostId),
    subject: commandSubject(state, conflict.command),
  }));
  const { resolution, decidedAt } = conflict;
  return (
    <Link
      href={`/conflicts/${conflict.id}`}
      data-item
      aria-current={isShown ? 'true' : undefined}
      className={classNames(
        'flex items-start gap-2.5 rounded-md border px-3 py-2.5 transition-colors duration-150',
        isShown ? 'border-alive bg-raised' : 'border-line bg-surface hover:border-line-strong',
      )}
    >
      <StatusDot status={resolution ? 'done' : 'needs'} className="mt-1.5" />
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{commandWords(conflict.command)}</span>
        {subject && <span className="block truncate text-muted">{subject.title}</span>}
        <span className="flex justify-between gap-2 text-faint text-xs">
          <span className="truncate">
            {who} {strings.at(where)}
          </span>
          <span className="whitespace-nowrap">
            {resolution && `${strings.short[resolution.how]} `}
            <Ago at={resolution?.at ?? decidedAt} />
          </span>
        </span>
      </span>
    </Link>
  );
});
