/** A whole workflow in one line: a dot for each step, a diamond for each gate, lit by how they are doing. */
import { useMemo } from 'react';
import type { Step } from '../../core/workflow/workflow.ts';
import type { Status } from '../design/status-dot.tsx';
import type { WorkflowRow } from './workflow-layout.ts';
import { layoutWorkflow } from './workflow-layout.ts';

const sizes = { small: { columnPx: 17, lanePx: 13 }, large: { columnPx: 30, lanePx: 15 } } as const;
const margin = 7;

const colours: Record<Status, string> = {
  alive: 'var(--color-alive)',
  waiting: 'var(--color-waiting)',
  needs: 'var(--color-needs)',
  failure: 'var(--color-failure)',
  idle: 'var(--color-line-strong)',
  done: 'var(--color-muted)',
};

export interface WorkflowStripProps {
  label: string;
  steps: readonly Step[];
  /** How the step or gate of a row is doing; without it nothing is lit. */
  statusOf?: (row: WorkflowRow) => Status;
  size?: keyof typeof sizes;
}

export function WorkflowStrip({ label, steps, statusOf = () => 'idle', size = 'small' }: WorkflowStripProps) {
  const { columnPx, lanePx } = sizes[size];
  const layout = useMemo(() => layoutWorkflow(steps), [steps]);
  const width = (layout.ranks - 1) * columnPx + margin * 2;
  const height = (layout.lanes - 1) * lanePx + margin * 2;
  const x = (rank: number) => margin + rank * columnPx;
  const y = (lane: number) => margin + lane * lanePx;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      className="max-w-full"
    >
      {layout.edges.map(({ from, to, lane }) => {
        const [a, b] = [layout.rows[from], layout.rows[to]];
        if (!a || !b) return null;
        const done = statusOf(a) === 'done';
        return (
          <path
            key={`${from}-${to}`}
            d={edgePath(x(a.rank), y(a.lane), x(b.rank), y(b.lane), y(lane), columnPx)}
            fill="none"
            stroke={done ? colours.done : 'var(--color-line-strong)'}
            strokeOpacity={done ? 0.9 : 0.55}
            strokeWidth="1.4"
          />
        );
      })}
      {layout.rows.map((row) => (
        <Mark
          key={`${row.step.id}-${row.kind === 'gate' ? row.gate.name : ''}`}
          row={row}
          x={x(row.rank)}
          y={y(row.lane)}
          status={statusOf(row)}
        />
      ))}
    </svg>
  );
}

function Mark({ row, x, y, status }: { row: WorkflowRow; x: number; y: number; status: Status }) {
  const colour = colours[status];
  const filled = status !== 'idle' && status !== 'waiting';
  const fill = filled ? colour : 'var(--color-surface)';
  const animated = status === 'alive' ? 'animate-pulse-alive' : undefined;
  const title = row.kind === 'gate' ? row.gate.name : row.step.title;
  return (
    <g className={animated}>
      <title>{title}</title>
      {row.kind === 'gate' ? (
        <path
          d={`M${x} ${y - 5} L${x + 5} ${y} L${x} ${y + 5} L${x - 5} ${y}Z`}
          fill={fill}
          stroke={colour}
          strokeWidth="1.4"
        />
      ) : (
        <circle cx={x} cy={y} r="4" fill={fill} stroke={colour} strokeWidth="1.4" />
      )}
    </g>
  );
}

/** Leaves its rail at once, joins the other one at the end. */
function edgePath(x1: number, y1: number, x2: number, y2: number, run: number, columnPx: number): string {
  const turn = Math.min(columnPx * 0.9, (x2 - x1) / 2);
  const out = run === y1 ? '' : `C${x1 + turn / 2} ${y1} ${x1 + turn / 2} ${run} ${x1 + turn} ${run}`;
  const back =
    run === y2
      ? `L${x2} ${y2}`
      : `L${x2 - turn} ${run} C${x2 - turn / 2} ${run} ${x2 - turn / 2} ${y2} ${x2} ${y2}`;
  return `M${x1} ${y1} ${out} ${back}`;
}
