/** The chart as a drawing that can be taken hold of: cards are dragged onto groups and onto each other. */
import type { NodeChange, ReactFlowInstance } from '@xyflow/react';
import { applyNodeChanges, Panel, ReactFlowProvider, ViewportPortal } from '@xyflow/react';
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Canvas } from '../../canvas/canvas.tsx';
import { OverviewMap } from '../../canvas/overview-map.tsx';
import { ZoomButtons } from '../../canvas/zoom-buttons.tsx';
import { isStill } from '../../lib/look.ts';
import type { ChartLayout, Placed } from './chart-layout.ts';
import type { ChartNode } from './chart-nodes.tsx';
import { nodeTypes } from './chart-nodes.tsx';
import { useChartView } from './chart-view.ts';
import { hueAt } from './colours.ts';
import { DepartmentSigns } from './department-signs.tsx';
import type { DropPlace } from './drop.ts';
import { placeAt } from './drop.ts';
import { DropHint } from './drop-hint.tsx';
import { strings } from './strings.ts';

export interface ChartCanvasProps {
  layout: ChartLayout;
  selected: ReadonlySet<string>;
  onSelect: (ids: ReadonlySet<string>) => void;
  /** Nothing can be taken hold of. */
  isFixed?: boolean;
  /** Says what letting it go there would do; null: it is over nothing. */
  onOver?: (dragged: ReadonlySet<string>, place: DropPlace | null) => void;
  onDrop?: (dragged: ReadonlySet<string>, place: DropPlace | null) => void;
  onOpen: (id: string) => void;
  showMap: boolean;
  /** Is brought into sight when it changes. */
  focusOn: string | null;
}

export function ChartCanvas(props: ChartCanvasProps) {
  return (
    <ReactFlowProvider>
      <Drawing {...props} />
    </ReactFlowProvider>
  );
}

const noEdges: never[] = [];
const fitting = { padding: 0.08, maxZoom: 1 };

/** More than so many would ease on the cost of frames. */
const mostToEase = 250;

function Drawing(props: ChartCanvasProps) {
  const { layout, selected, onSelect, isFixed = false, onOver, onDrop, onOpen, showMap, focusOn } = props;
  const { departmentOf } = useChartView();
  const laidOut = useMemo(() => {
    const isPinned = layout.items.length > mostToEase;
    return layout.items.map((item) => nodeOf(item, layout, isPinned, isFixed));
  }, [layout, isFixed]);
  const boxes = useMemo(
    () =>
      layout.items.map(({ id, kind, box }) => ({
        ...box,
        colour: kind === 'member' ? hueAt(departmentOf(id)) : 'var(--color-line)',
      })),
    [layout, departmentOf],
  );
  const [nodes, setNodes] = useState(laidOut);
  const flow = useRef<ReactFlowInstance<ChartNode> | null>(null);
  const dragged = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    setNodes(withSelection(laidOut, selected));
  }, [laidOut, selected]);
  useEffect(() => {
    const box = focusOn === null ? undefined : layout.byId.get(focusOn)?.box;
    if (box) bringIntoSight(flow.current, box);
  }, [focusOn, layout]);

  // Another company of the past is as large as it was: it is shown whole.
  const { width, height } = layout;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the size that brings it about
  useEffect(() => {
    if (isFixed) void flow.current?.fitView(fitting);
  }, [isFixed, width, height]);

  const change = useCallback(
    (changes: NodeChange<ChartNode>[]) => {
      const picks = changes.filter((one) => one.type === 'select');
      if (picks.length > 0) {
        const next = new Set(selected);
        for (const { id, selected: isPicked } of picks) {
          if (isPicked) next.add(id);
          else next.delete(id);
        }
        onSelect(next);
      }
      const moves = changes.filter((one) => one.type === 'position');
      if (moves.length > 0) setNodes((before) => carried(applyNodeChanges(moves, before), moves));
    },
    [selected, onSelect],
  );
  const over = useCallback(
    (event: MouseEvent | TouchEvent) => {
      const at = pointOf(event);
      const point = at && flow.current?.screenToFlowPosition(at);
      return point ? placeAt(layout, point, dragged.current) : null;
    },
    [layout],
  );
  // Each of these is the same from frame to frame: a new one would draw every card anew.
  const start = useCallback((_event: unknown, _node: ChartNode, moving: ChartNode[]) => {
    dragged.current = new Set(moving.map(({ id }) => id));
  }, []);
  const drag = useCallback(
    (event: MouseEvent | TouchEvent) => onOver?.(dragged.current, over(event)),
    [onOver, over],
  );
  const stop = useCallback(
    (event: MouseEvent | TouchEvent) => {
      onDrop?.(dragged.current, over(event));
      dragged.current = new Set();
      setNodes(withSelection(laidOut, selected));
    },
    [onDrop, over, laidOut, selected],
  );
  const open = useCallback((_event: unknown, { id }: ChartNode) => onOpen(id), [onOpen]);
  const keep = useCallback((instance: ReactFlowInstance<ChartNode>) => {
    flow.current = instance;
  }, []);
  return (
    <Canvas<ChartNode>
      nodes={nodes}
      edges={noEdges}
      nodeTypes={nodeTypes}
      onInit={keep}
      onNodesChange={change}
      onNodeDragStart={start}
      onNodeDrag={drag}
      onNodeDragStop={stop}
      onNodeDoubleClick={open}
      className={nodes.length <= mostToEase ? 'is-easing' : 'is-large'}
      fitView
      fitViewOptions={fitting}
    >
      <ViewportPortal>
        <Lines layout={layout} />
        <DepartmentSigns layout={layout} />
      </ViewportPortal>
      <Panel position="bottom-left">
        <ZoomButtons words={strings.zoom} />
      </Panel>
      {showMap && (
        <Panel position="bottom-right">
          <OverviewMap label={strings.map} boxes={boxes} />
        </Panel>
      )}
      <DropHint />
    </Canvas>
  );
}

const Lines = memo(function Lines({ layout }: { layout: ChartLayout }) {
  return (
    <svg
      aria-hidden="true"
      className="pointer-events-none absolute top-0 left-0 overflow-visible text-line-strong"
      width={layout.width}
      height={layout.height}
      style={{ zIndex: -1 }}
    >
      {layout.lines.map(({ id, path }) => (
        <path key={id} d={path} fill="none" stroke="currentColor" strokeWidth="1.4" strokeOpacity="0.8" />
      ))}
    </svg>
  );
});

/** Whatever is not selected stays the same value, and is not drawn again. */
function withSelection(nodes: readonly ChartNode[], selected: ReadonlySet<string>): ChartNode[] {
  return nodes.map((node) => (selected.has(node.id) ? { ...node, selected: true } : node));
}

/** What is dragged goes where its transform says, and what is in it goes with it, above it. Each becomes a new value once. */
function carried(nodes: ChartNode[], moves: readonly { id: string }[]): ChartNode[] {
  const moved = new Set(moves.map(({ id }) => id));
  return nodes.map((node) => {
    if (moved.has(node.id)) return node.style?.transform ? { ...node, style: {} } : node;
    if (!moved.has(node.parentId ?? '') || node.className) return node;
    return { ...node, style: {}, className: 'is-carried' };
  });
}

/** @param isPinned stands there without a transform of its own: a thousand of them cost every frame of a drag */
function nodeOf(item: Placed, { byId }: ChartLayout, isPinned: boolean, isFixed: boolean): ChartNode {
  const parent = item.parentId === null ? undefined : byId.get(item.parentId)?.box;
  const { x, y, width, height } = item.box;
  return {
    id: item.id,
    type: item.kind,
    position: { x: x - (parent?.x ?? 0), y: y - (parent?.y ?? 0) },
    ...(item.parentId !== null && { parentId: item.parentId }),
    width,
    height,
    ...(isPinned && { style: { left: x, top: y, transform: 'none' } }),
    // Known beforehand, so that nothing is drawn only to be measured.
    measured: { width, height },
    handles: [],
    draggable: !isFixed && (item.kind === 'member' || item.kind === 'team'),
    zIndex: item.kind === 'member' ? 2 : item.kind === 'team' ? 1 : 0,
    data: { item },
  };
}

function pointOf(event: MouseEvent | TouchEvent): { x: number; y: number } | null {
  const at = 'changedTouches' in event ? event.changedTouches[0] : event;
  return at ? { x: at.clientX, y: at.clientY } : null;
}

function bringIntoSight(flow: ReactFlowInstance<ChartNode> | null, box: Placed['box']): void {
  if (!flow) return;
  const zoom = Math.max(flow.getZoom(), 0.7);
  void flow.setCenter(box.x + box.width / 2, box.y + Math.min(box.height / 2, 200), {
    zoom,
    duration: isStill() ? 0 : 180,
  });
}
