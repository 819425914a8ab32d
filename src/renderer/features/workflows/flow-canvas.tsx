/** The workflow as a drawing that can be taken hold of: lines are led from step to step, gates dropped onto steps. */
import './flow.css';
import type { Connection, EdgeChange, NodeChange, OnConnectEnd, ReactFlowInstance } from '@xyflow/react';
import { Panel, ReactFlowProvider } from '@xyflow/react';
import type { DragEvent } from 'react';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { Canvas } from '../../canvas/canvas.tsx';
import type { FlowItem, FlowLayout } from '../../canvas/flow.ts';
import { boundsOf } from '../../canvas/flow-layout.ts';
import { useKeptMiddle } from '../../canvas/use-kept-middle.ts';
import { ZoomButtons } from '../../canvas/zoom-buttons.tsx';
import { isStill } from '../../lib/look.ts';
import type { FlowEdge } from './flow-lines.tsx';
import { edgeTypes } from './flow-lines.tsx';
import type { FlowNode } from './flow-nodes.tsx';
import { nodeTypes } from './flow-nodes.tsx';
import { Legend } from './legend.tsx';
import type { PartKind } from './parts.ts';
import { draggedPart } from './parts.ts';
import { strings } from './strings.ts';

export interface FlowCanvasProps {
  layout: FlowLayout;
  selected: ReadonlySet<string>;
  onSelect: (ids: ReadonlySet<string>) => void;
  /** A line was led from one step to another; null: into the open. */
  onConnect: (from: string, to: string | null) => void;
  /** A part was dropped on an item, at its upper or its lower half; null: into the open. */
  onDropPart: (part: PartKind, at: FlowItem | null, isBelow: boolean) => void;
  /** A gate was dragged onto an item. */
  onMoveGate: (gate: FlowItem, at: FlowItem, isBelow: boolean) => void;
  focusOn: string | null;
}

export function FlowCanvas(props: FlowCanvasProps) {
  return (
    <ReactFlowProvider>
      <Drawing {...props} />
    </ReactFlowProvider>
  );
}

const margin = 40;
/** At the lower edge stand the legend and the zoom, in pixels of the screen. */
const footPx = 56;
/** Smaller can't be read. */
const leastZoom = 0.62;

/** All of it where it can be read so; else its beginning. */
function firstSight(layout: FlowLayout, { clientWidth, clientHeight }: HTMLElement) {
  const { x, width, height } = boundsOf(layout);
  const high = clientHeight - footPx;
  const fitting = Math.min(clientWidth / (width + 2 * margin), high / (height + 2 * margin), 1);
  const zoom = Math.max(leastZoom, fitting);
  const free = high - height * zoom;
  return { x: clientWidth / 2 - (x + width / 2) * zoom, y: Math.max(margin * zoom, free / 2), zoom };
}

function Drawing({
  layout,
  selected,
  onSelect,
  onConnect,
  onDropPart,
  onMoveGate,
  focusOn,
}: FlowCanvasProps) {
  const flow = useRef<ReactFlowInstance<FlowNode, FlowEdge> | null>(null);
  const stage = useRef<HTMLDivElement>(null);
  useKeptMiddle(stage, flow);
  const nodes = useMemo(
    () => layout.items.map((item) => nodeOf(item, selected.has(item.id))),
    [layout, selected],
  );
  const edges = useMemo(
    () => layout.lines.map((line) => edgeOf(line, selected.has(line.id))),
    [layout, selected],
  );
  useEffect(() => {
    const box = focusOn === null ? undefined : layout.byId.get(focusOn)?.box;
    if (!box || !flow.current) return;
    void flow.current.setCenter(box.x + box.width / 2, box.y + box.height / 2, {
      zoom: Math.max(flow.current.getZoom(), 0.7),
      duration: isStill() ? 0 : 180,
    });
  }, [focusOn, layout]);
  const pick = useCallback(
    (changes: (NodeChange<FlowNode> | EdgeChange<FlowEdge>)[]) => {
      const picks = changes.filter((one) => one.type === 'select');
      if (picks.length === 0) return;
      const next = new Set(selected);
      for (const { id, selected: isPicked } of picks) {
        if (isPicked) next.add(id);
        else next.delete(id);
      }
      onSelect(next);
    },
    [selected, onSelect],
  );
  const stepOf = (nodeId: string | null) => layout.byId.get(nodeId ?? '')?.step.id ?? null;
  const connect = ({ source, target }: Connection) => {
    const [from, to] = [stepOf(source), stepOf(target)];
    if (from !== null && to !== null) onConnect(from, to);
  };
  const endConnect: OnConnectEnd = (_event, { fromNode, fromHandle, toNode }) => {
    const from = stepOf(fromNode?.id ?? null);
    if (from !== null && toNode === null && fromHandle?.type === 'source') onConnect(from, null);
  };
  const itemAt = (point: { clientX: number; clientY: number }) => {
    const at = flow.current?.screenToFlowPosition({ x: point.clientX, y: point.clientY });
    const item = at && layout.items.find(({ box }) => contains(box, at));
    return { item: item ?? null, isBelow: item && at ? at.y > item.box.y + item.box.height / 2 : true };
  };
  const over = (event: DragEvent) => {
    if (draggedPart(event.dataTransfer) === null) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  };
  const drop = (event: DragEvent) => {
    const part = draggedPart(event.dataTransfer);
    if (part === null) return;
    event.preventDefault();
    const { item, isBelow } = itemAt(event);
    onDropPart(part, item, isBelow);
  };
  return (
    <Canvas<FlowNode, FlowEdge>
      ref={stage}
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      onInit={(instance) => {
        flow.current = instance;
        if (stage.current) void instance.setViewport(firstSight(layout, stage.current));
      }}
      onNodesChange={pick}
      onEdgesChange={pick}
      onConnect={connect}
      onConnectEnd={endConnect}
      onNodeDragStop={(event, { data: { item } }) => {
        const { item: at, isBelow } = itemAt('touches' in event ? { clientX: 0, clientY: 0 } : event);
        if (item.kind === 'gate' && at && at.id !== item.id) onMoveGate(item, at, isBelow);
      }}
      onDragOver={over}
      onDrop={drop}
      connectionRadius={36}
    >
      <Panel position="bottom-left">
        <ZoomButtons words={strings.zoom} />
      </Panel>
      <Panel position="bottom-right">
        <Legend />
      </Panel>
    </Canvas>
  );
}

function nodeOf(item: FlowItem, isSelected: boolean): FlowNode {
  const { x, y, width, height } = item.box;
  return {
    id: item.id,
    type: item.kind,
    position: { x, y },
    width,
    height,
    selected: isSelected,
    draggable: item.kind === 'gate',
    zIndex: 1,
    data: { item },
  };
}

function edgeOf(line: FlowLayout['lines'][number], isSelected: boolean): FlowEdge {
  return {
    id: line.id,
    type: 'flow',
    source: line.from,
    target: line.to,
    selected: isSelected,
    selectable: line.dependency !== null,
    data: { line },
  };
}

function contains(box: FlowItem['box'], at: { x: number; y: number }): boolean {
  return at.x >= box.x && at.x <= box.x + box.width && at.y >= box.y && at.y <= box.y + box.height;
}
