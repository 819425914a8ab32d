/** The chart as a list: departments, teams and members in rows that fold, thousands of them without a stutter. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { MemberAvatar } from '../../company/member-avatar.tsx';
import { classNames } from '../../design/class-names.ts';
import { Icon } from '../../design/icon.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import { useScale } from '../../lib/look.ts';
import type { ChartLayout, Placed } from './chart-layout.ts';
import { useChartView } from './chart-view.ts';
import { useFigures } from './member-figures.ts';
import { memberStatus, spentText } from './member-status.ts';
import { strings } from './strings.ts';

export interface ListViewProps {
  layout: ChartLayout;
  selected: ReadonlySet<string>;
  onPick: (id: string, adds: boolean) => void;
  focusOn: string | null;
}

const usualRowPx = 38;
const columns =
  'grid grid-cols-[minmax(220px,1.6fr)_minmax(120px,1fr)_80px_130px_64px_84px_minmax(100px,1fr)] items-center gap-3';

export function ListView({ layout, selected, onPick, focusOn }: ListViewProps) {
  const scroll = useRef<HTMLDivElement>(null);
  const rows = layout.items;
  const rowPx = Math.round(usualRowPx * useScale());
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowPx,
    overscan: 12,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height stand elsewhere
  useEffect(() => virtual.measure(), [virtual, rowPx]);
  useEffect(() => {
    const at = focusOn === null ? -1 : rows.findIndex(({ id }) => id === focusOn);
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [focusOn, rows, virtual]);
  const words = strings.columns;
  return (
    <div ref={scroll} className="h-full overflow-auto">
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows fold, and are walked and selected by keys
        role="treegrid"
        aria-label={strings.title}
        aria-rowcount={rows.length + 1}
        aria-multiselectable="true"
        className="block min-w-230"
      >
        <thead className="sticky top-0 z-10 block">
          <tr className={`${columns} h-8 border-line border-b bg-surface px-4 text-faint text-xs`}>
            {Object.values(words).map((word) => (
              <th key={word} scope="col" className="text-left font-normal">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="relative block" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const item = rows[index];
            return (
              item && (
                <Row
                  key={item.id}
                  item={item}
                  index={index}
                  top={start}
                  height={rowPx}
                  isSelected={selected.has(item.id)}
                  onPick={onPick}
                />
              )
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  item: Placed;
  index: number;
  top: number;
  height: number;
  isSelected: boolean;
  onPick: (id: string, adds: boolean) => void;
}

const levels = { top: 1, department: 1, team: 2, member: 3 } as const;

function Row({ item, index, top, height, isSelected, onPick }: RowProps) {
  const { found, marks } = useChartView();
  const level = item.kind === 'member' && item.parentId === 'top' ? 2 : levels[item.kind];
  const isGroup = item.kind === 'department' || item.kind === 'team';
  return (
    <tr
      data-item={item.id}
      aria-level={level}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      {...(isGroup && { 'aria-expanded': !item.isCollapsed })}
      onClick={(event) => onPick(item.id, event.ctrlKey || event.metaKey || event.shiftKey)}
      className={classNames(
        columns,
        'absolute inset-x-0 border-line/60 border-b px-4',
        isSelected ? 'bg-alive-soft' : 'hover:bg-hover',
        found && !found.has(item.id) && 'opacity-40',
      )}
      style={{ height, transform: `translateY(${top}px)` }}
    >
      <td className="flex min-w-0 items-center gap-2" style={{ paddingLeft: (level - 1) * 22 }}>
        <Name item={item} />
        {marks.has(item.id) && (
          <span className="text-waiting text-xs">
            {marks.get(item.id) === 'new' ? strings.isNew : strings.isChanged}
          </span>
        )}
      </td>
      {item.kind === 'member' ? <Cells item={item} /> : <GroupCells item={item} />}
    </tr>
  );
}

function Name({ item }: { item: Placed }) {
  const { onToggle } = useChartView();
  if (item.kind === 'member') {
    return (
      <>
        <MemberAvatar member={item.member} size="small" />
        <span className="truncate">{item.member.name}</span>
        {(item.isLead || item.isHead) && (
          <span
            title={item.isHead ? strings.heads : strings.leads}
            className={item.isHead ? 'text-waiting' : 'text-faint'}
          >
            <Icon name="crown" className="size-3" />
          </span>
        )}
      </>
    );
  }
  if (item.kind === 'top') return <span className="text-muted">{strings.top}</span>;
  const name = item.kind === 'team' ? item.team.name : item.department.name;
  return (
    <>
      <button
        type="button"
        tabIndex={-1}
        aria-label={item.isCollapsed ? strings.expand(name) : strings.collapse(name)}
        onClick={(event) => {
          event.stopPropagation();
          onToggle(item.id);
        }}
        className="grid size-5 place-items-center rounded-sm text-faint hover:bg-hover hover:text-ink"
      >
        <Icon name={item.isCollapsed ? 'next' : 'down'} className="size-3.5" />
      </button>
      <span className={classNames('truncate', item.kind === 'department' ? 'font-semibold' : 'font-medium')}>
        {name}
      </span>
    </>
  );
}

function Cells({ item: { member } }: { item: Extract<Placed, { kind: 'member' }> }) {
  const { board } = useChartView();
  const figures = useFigures(board, member.id);
  const { status, live, label } = memberStatus(member, figures);
  return (
    <>
      <td className="truncate font-mono text-muted text-xs">{member.roleIds.join(', ')}</td>
      <td className="text-muted text-xs">{strings.kind[member.kind]}</td>
      <td className="flex items-center gap-1.5 text-xs">
        <StatusDot status={status} live={live} />
        {label}
      </td>
      <td className="font-mono text-muted text-xs">{`${figures?.leases ?? 0}/${member.maxConcurrent}`}</td>
      <td className="font-mono text-muted text-xs">{spentText(figures)}</td>
      <td className="truncate text-muted text-xs">{member.tags.join(', ')}</td>
    </>
  );
}

function GroupCells({ item }: { item: Exclude<Placed, { kind: 'member' }> }) {
  return (
    <>
      <td className="text-faint text-xs">{strings.people(item.members.length)}</td>
      <td />
      <td />
      <td />
      <td />
      <td />
    </>
  );
}
