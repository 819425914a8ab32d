/** How the lines look: what hands over, what waits for signatures, what comes back. */
import type { Edge, EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import type { FlowLine, LineKind } from '../../canvas/flow.ts';
import { linePath } from '../../canvas/flow-connections.ts';
import { flowSizes } from '../../canvas/flow-layout.ts';

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
      ? reworkPath(sourceX, sourceY, targetY)
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
        <path d={`M${targetX - 4} ${targetY - 7}l4 6l4 -6`} stroke="inherit" strokeWidth="1.6" />
      )}
    </g>
  );
});

/** From the side of a gate in an arc up to the side of the step that it sends back. */
function reworkPath(middle: number, gateBottom: number, stepTop: number): string {
  const { step: stepSize, gate: gateSize } = flowSizes;
  const [fromX, toX] = [middle - gateSize.height / 2, middle - stepSize.width / 2];
  const [fromY, toY] = [gateBottom - gateSize.height / 2, stepTop + stepSize.height / 2];
  const out = toX - 30;
  return `M${fromX} ${fromY}H${toX}C${out} ${fromY} ${out} ${toY} ${toX - 2} ${toY}`;
}

export const edgeTypes = { flow: FlowLineShape };
