/** The drawing of an epic: it can be moved, zoomed and chosen from, and changes only in its looks while work goes on. */
import './graph.css';
import type { ReactFlowInstance } from '@xyflow/react';
import { Panel, ReactFlowProvider } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import type { TaskId } from '../../../core/ids.ts';
import { Canvas } from '../../canvas/canvas.tsx';
import { boundsOf } from '../../canvas/flow-layout.ts';
import { ZoomButtons } from '../../canvas/zoom-buttons.tsx';
import { isStill } from '../../lib/look.ts';
import type { GraphItem, GraphLayout, GraphLine } from './epic-graph.ts';
import { GraphLegend } from './graph-legend.tsx';
import type { GraphEdge } from './graph-lines.tsx';
import { edgeTypes } from './graph-lines.tsx';
import type { GraphNode } from './graph-nodes.tsx';
import { nodeTypes } from './graph-nodes.tsx';
import { strings } from './strings.ts';

export interface GraphCanvasProps {
  layout: GraphLayout;
  critical: ReadonlySet<TaskId>;
  selected: string | null;
  onSelect: (id: string | null) => void;
  onOpen: (item: GraphItem) => void;
  /** Is brought into sight whenever it changes. */
  focusOn: string | null;
  /** Stands in sight at first, where not all of it can be read at once. */
  firstItem: string | null;
}

export function GraphCanvas(props: GraphCanvasProps) {
  return (
    <ReactFlowProvider>
      <Drawing {...props} />
    </ReactFlowProvider>
  );
}

const margin = 40;
/** Smaller can't be read. */
const leastZoom = 0.7;

function Drawing({ layout, critical, selected, onSelect, onOpen, focusOn, firstItem }: GraphCanvasProps) {
  const flow = useRef<ReactFlowInstance<GraphNode, GraphEdge> | null>(null);
  const stage = useRef<HTMLDivElement>(null);
  const nodes = useMemo(
    () => layout.items.map((item) => nodeOf(item, item.id === selected, critical.has(item.step.id))),
    [layout, selected, critical],
  );
  const edges = useMemo(
    () => layout.lines.map((line) => edgeOf(line, layout, isCritical(line, layout, critical))),
    [layout, critical],
  );
  useEffect(() => {
    const box = focusOn === null ? undefined : layout.byId.get(focusOn)?.box;
    if (!box || !flow.current) return;
    void flow.current.setCenter(box.x + box.width / 2, box.y + box.height / 2, {
      zoom: Math.max(flow.current.getZoom(), leastZoom),
      duration: isStill() ? 0 : 180,
    });
  }, [focusOn, layout]);
  return (
    <Canvas<GraphNode, GraphEdge>
      ref={stage}
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      nodesDraggable={false}
      nodesConnectable={false}
      onInit={(instance) => {
        flow.current = instance;
        if (stage.current) void instance.setViewport(firstSight(layout, firstItem, stage.current));
      }}
      onNodeClick={(_event, { id }) => onSelect(id)}
      onNodeDoubleClick={(_event, { data }) => onOpen(data.item)}
      onPaneClick={() => onSelect(null)}
    >
      <Panel position="bottom-left">
        <ZoomButtons words={strings.zoom} />
      </Panel>
      <Panel position="bottom-right">
        <GraphLegend />
      </Panel>
    </Canvas>
  );
}

/** All of it where it can be read so; else what goes on now. */
function firstSight(layout: GraphLayout, first: string | null, { clientWidth, clientHeight }: HTMLElement) {
  const { x, width, height } = boundsOf(layout);
  const fitting = Math.min(clientWidth / (width + 2 * margin), clientHeight / (height + 2 * margin), 1);
  const zoom = Math.max(leastZoom, fitting);
  const box = layout.byId.get(first ?? '')?.box;
  const centre = clientWidth / 2 - (x + width / 2) * zoom;
  if (fitting >= leastZoom || !box) {
    return { x: centre, y: Math.max(margin * zoom, (clientHeight - height * zoom) / 2), zoom };
  }
  const left = width * zoom <= clientWidth ? centre : clientWidth / 2 - (box.x + box.width / 2) * zoom;
  const top = clientHeight / 2 - (box.y + box.height / 2) * zoom;
  return { x: left, y: Math.min(margin * zoom, top), zoom };
}

function isCritical(line: GraphLine, { byId }: GraphLayout, critical: ReadonlySet<TaskId>): boolean {
  const [from, to] = [byId.get(line.from), byId.get(line.to)];
  return from !== undefined && to !== undefined && critical.has(from.step.id) && critical.has(to.step.id);
}

function nodeOf(item: GraphItem, isSelected: boolean, onCriticalPath: boolean): GraphNode {
  const { x, y, width, height } = item.box;
  return {
    ...{ id: item.id, type: item.kind, position: { x, y }, width, height },
    ...{ selected: isSelected, selectable: false, draggable: false, zIndex: 1 },
    data: { item, isCritical: onCriticalPath },
  };
}

function edgeOf(line: GraphLine, layout: GraphLayout, onCriticalPath: boolean): GraphEdge {
  return {
    ...{ id: line.id, type: 'flow', source: line.from, target: line.to, selectable: false },
    data: { line, layout, isCritical: onCriticalPath },
  };
}
