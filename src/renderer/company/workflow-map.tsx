/** A workflow from top to bottom: steps and gates on rails, each in a row with room for who and how it is. */
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import type { Step } from '../../core/workflow/workflow.ts';
import type { Status } from '../design/status-dot.tsx';
import { StatusDot } from '../design/status-dot.tsx';
import { useScale } from '../lib/look.ts';
import { rolesText } from './gate-rule-text.ts';
import { strings } from './strings.ts';
import type { WorkflowEdge, WorkflowRow } from './workflow-layout.ts';
import { layoutWorkflow } from './workflow-layout.ts';

const usualRowPx = 30;
const lanePx = 16;
const railMargin = 12;

export interface WorkflowMapProps {
  label: string;
  steps: readonly Step[];
  statusOf?: (row: WorkflowRow) => Status;
  /** What stands at the end of a row, such as who does it. */
  aside?: (row: WorkflowRow) => ReactNode;
}

export function WorkflowMap({ label, steps, statusOf = () => 'idle', aside }: WorkflowMapProps) {
  const { rows, edges, lanes } = useMemo(() => layoutWorkflow(steps), [steps]);
  const rowPx = Math.round(usualRowPx * useScale());
  const railsPx = (lanes - 1) * lanePx + railMargin * 2;
  return (
    <div className="relative">
      <svg
        aria-hidden="true"
        width={railsPx}
        height={rows.length * rowPx}
        className="pointer-events-none absolute top-0 left-0"
      >
        {edges.map((edge) => (
          <path
            key={`${edge.from}-${edge.to}`}
            d={railPath(edge, rows, rowPx)}
            fill="none"
            stroke="var(--color-line-strong)"
            strokeOpacity="0.7"
            strokeWidth="1.4"
          />
        ))}
      </svg>
      <ol aria-label={label}>
        {rows.map((row) => {
          const status = statusOf(row);
          return (
            <li
              key={`${row.step.id}-${row.kind === 'gate' ? row.gate.name : ''}`}
              className="relative flex items-center gap-2"
              style={{ height: rowPx, paddingLeft: railsPx }}
            >
              <span
                className="absolute grid size-4 place-items-center rounded-full bg-surface"
                style={{ left: railMargin + row.lane * lanePx - 8 }}
              >
                {row.kind === 'gate' ? (
                  <GateMark status={status} />
                ) : (
                  <StatusDot status={status} live={status === 'alive'} />
                )}
              </span>
              {row.kind === 'gate' ? (
                <span className="min-w-0 flex-1 truncate text-muted text-xs">
                  <span className="font-mono">{row.gate.name}</span>
                  <span className="text-faint">
                    {' · '}
                    {strings.needs(rolesText(row.gate.requires))}
                    {row.gate.humanRequired && ` · ${strings.signedByHuman}`}
                  </span>
                </span>
              ) : (
                <span className="min-w-0 flex-1 truncate">{row.step.title}</span>
              )}
              {aside?.(row)}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

const gateColours: Record<Status, string> = {
  alive: 'text-alive',
  waiting: 'text-waiting',
  needs: 'text-needs',
  failure: 'text-failure',
  idle: 'text-faint',
  done: 'text-muted',
};

/** A gate is always a diamond; it is filled once it stands open or needs somebody. */
function GateMark({ status }: { status: Status }) {
  return (
    <svg viewBox="0 0 12 12" className={`size-3 ${gateColours[status]}`} aria-hidden="true">
      <path
        d="M6 1.2 10.8 6 6 10.8 1.2 6z"
        fill={status === 'idle' || status === 'waiting' ? 'none' : 'currentColor'}
        stroke="currentColor"
        strokeWidth="1.4"
      />
    </svg>
  );
}

function railPath({ from, to, lane }: WorkflowEdge, rows: readonly WorkflowRow[], rowPx: number): string {
  const x = (at: number) => railMargin + at * lanePx;
  const y = (row: number) => row * rowPx + rowPx / 2;
  const [x1, x2, run] = [x(rows[from]?.lane ?? 0), x(rows[to]?.lane ?? 0), x(lane)];
  const [y1, y2] = [y(from), y(to)];
  const bend = rowPx * 0.8;
  const out = run === x1 ? '' : `C${x1} ${y1 + bend / 2} ${run} ${y1 + bend / 2} ${run} ${y1 + bend}`;
  const back =
    run === x2
      ? `L${x2} ${y2}`
      : `L${run} ${y2 - bend} C${run} ${y2 - bend / 2} ${x2} ${y2 - bend / 2} ${x2} ${y2}`;
  return `M${x1} ${y1} ${out} ${back}`;
}
