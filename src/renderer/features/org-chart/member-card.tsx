/** A member on the chart, agents and people alike: who, as what, and how it is going. */
import type { Member } from '../../../core/org/org.ts';
import { MemberAvatar } from '../../company/member-avatar.tsx';
import { classNames } from '../../design/class-names.ts';
import { Icon } from '../../design/icon.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import type { Placed } from './chart-layout.ts';
import { useChartView } from './chart-view.ts';
import type { Colouring } from './colours.ts';
import { colourOf } from './colours.ts';
import type { MemberFigures } from './member-figures.ts';
import { useDearest, useFigures } from './member-figures.ts';
import { memberStatus, spentText } from './member-status.ts';
import { NameFromAfar } from './name-from-afar.tsx';
import { strings } from './strings.ts';
import { useDistance } from './use-distance.ts';

export interface MemberCardProps {
  item: Extract<Placed, { kind: 'member' }>;
  selected: boolean;
  dragging: boolean;
}

export function MemberCard({ item, selected, dragging }: MemberCardProps) {
  const { member, isLead, isHead } = item;
  const { board, colouring, found, marks, departmentOf } = useChartView();
  const figures = useFigures(board, member.id);
  const dearest = useDearest(board);
  const distance = useDistance();
  const colour = colourOf(colouring, { figures, department: departmentOf(member.id), dearest });
  const mark = marks.get(member.id);
  return (
    <div
      data-item={member.id}
      title={distance === 'near' ? undefined : member.name}
      className={classNames(
        'relative flex size-full items-center gap-2.5 rounded-md border bg-raised pr-2.5 pl-3 transition-[border-color,box-shadow] duration-150',
        selected ? 'border-alive shadow-glow' : 'border-line-strong/35 hover:border-line-strong',
        mark === 'new' && 'border-alive/70 border-dashed',
        mark === 'changed' && 'border-waiting/60 border-dashed',
        dragging && 'shadow-raised',
        found && !found.has(member.id) && 'opacity-25',
      )}
    >
      <span
        className={classNames(
          'absolute inset-y-0 left-0 rounded-l-[5px]',
          distance === 'farthest' ? 'w-3' : 'w-1',
        )}
        style={{ background: colour }}
      />
      {distance === 'farthest' && <NameFromAfar name={member.name} />}
      {distance === 'far' && <span className="truncate font-semibold text-lg">{member.name}</span>}
      {distance === 'near' && (
        <>
          <MemberAvatar member={member} live={figures?.state === 'working'} />
          <span className="min-w-0 flex-1">
            <span className="flex items-center gap-1">
              <span className="truncate font-medium leading-4.5">{member.name}</span>
              {(isLead || isHead) && (
                <span
                  title={isHead ? strings.heads : strings.leads}
                  className={isHead ? 'text-waiting' : 'text-faint'}
                >
                  <Icon name="crown" className="size-3" />
                </span>
              )}
            </span>
            <span className="block truncate font-mono text-[11px] text-faint leading-4">
              {member.roleIds.join(', ')}
            </span>
          </span>
          <Figure member={member} figures={figures} colouring={colouring} />
        </>
      )}
    </div>
  );
}

/** What the colour says, in a sign or a figure. */
function Figure({
  member,
  figures,
  colouring,
}: {
  member: Member;
  figures: MemberFigures | null;
  colouring: Colouring;
}) {
  if (colouring === 'load') {
    return (
      <span className="font-mono text-[11px] text-muted">{`${figures?.leases ?? 0}/${member.maxConcurrent}`}</span>
    );
  }
  if (colouring === 'cost') {
    return <span className="font-mono text-[11px] text-muted">{spentText(figures)}</span>;
  }
  const { status, label, live } = memberStatus(member, figures);
  return (
    <span
      className="flex items-center gap-1.5 text-muted text-xs"
      title={figures?.task ? strings.at(figures.task) : label}
    >
      {colouring === 'status' && <span className="max-w-16 truncate">{label}</span>}
      <StatusDot status={status} live={live} />
      {colouring !== 'status' && <span className="sr-only">{label}</span>}
    </span>
  );
}
