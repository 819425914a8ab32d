/** The lines between the steps and gates of an epic: full where work has passed, moving where it goes on, wide where it sets the pace. */
import type { Edge, EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { linePath } from '../../canvas/flow-connections.ts';
import { useLive } from '../../lib/company-context.tsx';
import type { GraphLayout, GraphLine, LineState } from './epic-graph.ts';
import { graphSizes, lineState } from './epic-graph.ts';

export type GraphEdge = Edge<{ line: GraphLine; layout: GraphLayout; isCritical: boolean }, 'flow'>;

const looks: Readonly<Record<LineState, string>> = {
  ahead: 'stroke-line-strong/60',
  passed: 'stroke-alive/60',
  live: 'stroke-alive',
};

const GraphLineShape = memo(function GraphLineShape({
  sourceX,
  sourceY,
  targetX,
  targetY,
  data,
}: EdgeProps<GraphEdge>) {
  const state = useLive((company) => data && lineState(company, data.layout, data.line));
  if (!data || !state) return null;
  const { line, isCritical } = data;
  if (line.kind === 'rework') {
    return state === 'live' ? <Rework x={sourceX} fromY={sourceY} toY={targetY} /> : null;
  }
  const path = linePath({ x: sourceX, y: sourceY }, { x: targetX, y: targetY }, line.via);
  return (
    <g fill="none" className={looks[state]}>
      {isCritical && <path d={path} strokeWidth="7" className="stroke-needs/25" strokeLinecap="round" />}
      <path
        d={path}
        stroke="inherit"
        strokeWidth={state === 'ahead' ? 1.4 : 2}
        {...(state === 'ahead' && { strokeDasharray: '3 4' })}
      />
      {state === 'live' && <path d={path} stroke="inherit" strokeWidth="3.4" className="graph-flow" />}
      <path d={`M${targetX - 4} ${targetY - 7}l4 6l4 -6`} stroke="inherit" strokeWidth="1.6" />
    </g>
  );
});

/** From the side of a gate in an arc up to the side of the step that it sent back. */
function Rework({ x, fromY, toY }: { x: number; fromY: number; toY: number }) {
  const { step, gate } = graphSizes;
  const [left, edge] = [x - gate.height / 2, x - step.width / 2];
  const [startY, endY] = [fromY - gate.height / 2, toY + step.height / 2];
  const out = edge - 30;
  const path = `M${left} ${startY}H${edge}C${out} ${startY} ${out} ${endY} ${edge - 2} ${endY}`;
  return (
    <g fill="none" className="stroke-waiting">
      <path d={path} stroke="inherit" strokeWidth="2" strokeDasharray="4 4" />
      <path d={`M${edge - 8} ${endY - 4}l6 4l-6 4`} stroke="inherit" strokeWidth="1.6" />
    </g>
  );
}

export const edgeTypes = { flow: GraphLineShape };
