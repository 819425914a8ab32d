/** The items of the chart on the canvas: groups with their heads, and cards. */
import type { Node, NodeProps, NodeTypes } from '@xyflow/react';
import type { ReactNode } from 'react';
import { memo } from 'react';
import { classNames } from '../../design/class-names.ts';
import { Icon } from '../../design/icon.tsx';
import type { Placed } from './chart-layout.ts';
import { useChartView } from './chart-view.ts';
import { hueAt } from './colours.ts';
import { useDropAt } from './drop-store.ts';
import { MemberCard } from './member-card.tsx';
import { NameFromAfar } from './name-from-afar.tsx';
import { strings } from './strings.ts';
import { useDistance } from './use-distance.ts';

export type ChartNode = Node<{ readonly item: Placed }, Placed['kind']>;

const MemberNode = memo(function MemberNode({ data: { item }, selected, dragging }: NodeProps<ChartNode>) {
  if (item.kind !== 'member') return null;
  return <MemberCard item={item} selected={selected} dragging={dragging} />;
});

const TeamNode = memo(function TeamNode({ data: { item }, selected }: NodeProps<ChartNode>) {
  const distance = useDistance();
  if (item.kind !== 'team') return null;
  const look = { item, selected, className: 'rounded-lg bg-surface', headClass: 'h-9 px-3' };
  if (distance === 'farthest') {
    return (
      <Group {...look}>
        <NameFromAfar name={item.team.name} />
      </Group>
    );
  }
  return (
    <Group {...look}>
      <Fold id={item.id} name={item.team.name} isCollapsed={item.isCollapsed} />
      <span className="min-w-0 flex-1 truncate font-medium">{item.team.name}</span>
      <Count item={item} />
      {!item.isCollapsed && item.members.length === 0 && (
        <span className="absolute inset-x-2.5 top-9 grid h-13 place-items-center rounded-md border border-line border-dashed text-faint text-xs">
          {strings.dropHere}
        </span>
      )}
      {!item.isCollapsed && <ReportLines item={item} />}
    </Group>
  );
});

const DepartmentNode = memo(function DepartmentNode({ data: { item }, selected }: NodeProps<ChartNode>) {
  const { departmentOf } = useChartView();
  const distance = useDistance();
  if (item.kind !== 'department') return null;
  const look = { item, selected, className: 'rounded-xl bg-sunken', headClass: 'h-12.5 px-3.5 pt-1' };
  const hue = hueAt(departmentOf(item.id));
  // Its name stands above it there, in letters that can be read.
  if (distance === 'farthest') return <Group {...look} hue={hue} />;
  const head = item.members.find(({ id }) => id === item.department.headId);
  return (
    <Group {...look} hue={hue}>
      <Fold id={item.id} name={item.department.name} isCollapsed={item.isCollapsed} />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-semibold text-base leading-5">{item.department.name}</span>
        <span className="block truncate text-faint text-xs leading-4">
          {head ? head.name : strings.noHead}
        </span>
      </span>
      <Count item={item} />
    </Group>
  );
});

const TopNode = memo(function TopNode({ data: { item }, selected }: NodeProps<ChartNode>) {
  if (item.kind !== 'top') return null;
  return (
    <Group item={item} selected={selected} className="rounded-xl bg-sunken" headClass="h-9 px-3.5">
      <span className="min-w-0 flex-1 truncate text-muted text-xs">{strings.top}</span>
    </Group>
  );
});

export const nodeTypes: NodeTypes = {
  member: MemberNode,
  team: TeamNode,
  department: DepartmentNode,
  top: TopNode,
};

interface GroupProps {
  item: Exclude<Placed, { kind: 'member' }>;
  selected: boolean;
  className: string;
  headClass: string;
  hue?: string;
  children?: ReactNode;
}

function Group({ item, selected, className, headClass, hue, children }: GroupProps) {
  const { drops, found, marks } = useChartView();
  const drop = useDropAt(drops, item.id);
  const mark = marks.get(item.id);
  return (
    <div
      data-item={item.id}
      className={classNames(
        'relative size-full border transition-[border-color,box-shadow,background-color] duration-150',
        className,
        drop && (drop.ok ? 'border-alive! bg-alive-soft! shadow-glow' : 'border-failure! bg-failure-soft!'),
        !drop && (selected ? 'border-alive shadow-glow' : 'border-line'),
        mark === 'new' && 'border-dashed border-alive/70',
        found && !found.has(item.id) && 'opacity-60',
      )}
    >
      {hue && <span className="absolute inset-x-3 -top-px h-0.5 rounded-full" style={{ background: hue }} />}
      <span className={classNames('flex items-center gap-2', headClass)}>{children}</span>
    </div>
  );
}

function Fold({ id, name, isCollapsed }: { id: string; name: string; isCollapsed: boolean }) {
  const { onToggle } = useChartView();
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={isCollapsed ? strings.expand(name) : strings.collapse(name)}
      onClick={(event) => {
        event.stopPropagation();
        onToggle(id);
      }}
      className="nodrag -ml-1.5 grid size-6 place-items-center rounded-sm text-faint hover:bg-hover hover:text-ink"
    >
      <Icon name={isCollapsed ? 'next' : 'down'} className="size-3.5" />
    </button>
  );
}

function Count({ item }: { item: Extract<Placed, { kind: 'team' | 'department' }> }) {
  return (
    <span
      className="flex items-center gap-1 font-mono text-faint text-xs"
      title={strings.people(item.members.length)}
    >
      <Icon name="person" className="size-3" />
      {item.members.length}
    </span>
  );
}

/** From the lead down its left side to everybody who reports. */
function ReportLines({ item }: { item: Extract<Placed, { kind: 'team' }> }) {
  const reports = item.members.filter(({ id }) => id !== item.team.leadId).length;
  if (item.team.leadId === null || reports === 0 || reports === item.members.length) return null;
  const first = 36 + 52;
  const at = (place: number) => first + 6 + place * 58 + 26;
  const path = Array.from({ length: reports }, (_, n) => `M19 ${at(n) - 6}q0 6 6 6h3`).join('');
  return (
    <svg aria-hidden="true" className="pointer-events-none absolute inset-0 size-full text-line-strong">
      <path
        d={`M19 ${first}V${at(reports - 1) - 6}${path}`}
        fill="none"
        stroke="currentColor"
        strokeOpacity="0.7"
      />
    </svg>
  );
}
