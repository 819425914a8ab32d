/** How the lines look: what hands over, what waits for signatures, what comes back. */
import type { Edge, EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import type { FlowLine, LineKind } from './flow-layout.ts';
import { linePath } from './flow-layout.ts';

export type FlowEdge = Edge<{ line: FlowLine }, 'flow'>;

const looks: Readonly<Record<LineKind, string>> = {
  handover: 'stroke-line-strong',
  guarded: 'stroke-needs/70',
  rework: 'stroke-waiting/60',
};

const FlowLineShape = memo(function FlowLineShape({
  sourceX,
  sourceY,
  targetX,
  targetY,
  data,
  selected = false,
}: EdgeProps<FlowEdge>) {
  if (!data) return null;
  const { line } = data;
  const path =
    line.kind === 'rework'
      ? reworkPath(sourceX, sourceY, targetX)
      : linePath({ x: sourceX, y: sourceY }, { x: targetX, y: targetY }, line.via);
  return (
    <g className={selected ? 'stroke-alive' : looks[line.kind]} fill="none">
      {line.dependency && <path d={path} strokeWidth="18" stroke="transparent" className="cursor-pointer" />}
      <path
        d={path}
        stroke="inherit"
        strokeWidth={selected ? 2.4 : 1.6}
        {...(line.kind === 'rework' && { strokeDasharray: '4 4' })}
      />
      {line.kind !== 'rework' && (
        <path d={`M${targetX - 6} ${targetY - 4}l6 4l-6 4`} stroke="inherit" strokeWidth="1.6" />
      )}
    </g>
  );
});

/** From the top of a gate in an arc to the top of the step that it sends back. */
function reworkPath(sourceX: number, sourceY: number, targetX: number): string {
  const [from, to, top] = [sourceX - 48, targetX + 150, sourceY - 38];
  return `M${from} ${sourceY - 36}C${from} ${top - 26} ${to} ${top - 26} ${to} ${top - 1}`;
}

export const edgeTypes = { flow: FlowLineShape };
