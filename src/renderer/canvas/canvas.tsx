/** A canvas that pans, zooms and selects: the frame of the editors that draw, with its map and its grid. */
import '@xyflow/react/dist/base.css';
import './canvas.css';
import type { Node, ReactFlowProps } from '@xyflow/react';
import { Background, BackgroundVariant, MiniMap, ReactFlow, SelectionMode } from '@xyflow/react';
import type { ReactNode } from 'react';

export interface CanvasProps<Item extends Node> extends ReactFlowProps<Item> {
  /** Names the small map. */
  mapLabel: string;
  /** The colour of an item on the small map. */
  mapColour: (item: Item) => string;
  showMap: boolean;
  children?: ReactNode;
}

/** Items have no tab stop of their own: whoever draws them leads the keys. */
export function Canvas<Item extends Node>({
  mapLabel,
  mapColour,
  showMap,
  children,
  className,
  ...flow
}: CanvasProps<Item>) {
  return (
    <ReactFlow
      {...flow}
      className={`canvas ${className ?? ''}`}
      minZoom={0.05}
      maxZoom={1.75}
      nodesFocusable={false}
      edgesFocusable={false}
      disableKeyboardA11y
      deleteKeyCode={null}
      selectionKeyCode="Shift"
      multiSelectionKeyCode={['Meta', 'Control', 'Shift']}
      selectionMode={SelectionMode.Partial}
      elevateNodesOnSelect={false}
      zoomOnDoubleClick={false}
      nodeDragThreshold={4}
      onlyRenderVisibleElements
      proOptions={{ hideAttribution: true }}
    >
      <Background variant={BackgroundVariant.Dots} gap={24} size={1.2} color="var(--color-line)" />
      {showMap && (
        <MiniMap<Item> pannable zoomable ariaLabel={mapLabel} nodeColor={mapColour} nodeStrokeWidth={0} />
      )}
      {children}
    </ReactFlow>
  );
}
