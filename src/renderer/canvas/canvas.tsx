/** A canvas that pans, zooms and selects: the frame of the editors that draw, with its grid. */
import '@xyflow/react/dist/base.css';
import './canvas.css';
import type { Edge, Node, ReactFlowProps } from '@xyflow/react';
import { Background, BackgroundVariant, ReactFlow, SelectionMode } from '@xyflow/react';
import type { ReactNode, Ref } from 'react';

export interface CanvasProps<Item extends Node, Line extends Edge = Edge> extends ReactFlowProps<Item, Line> {
  children?: ReactNode;
  ref?: Ref<HTMLDivElement>;
}

// Values that stay the same: a new one would draw every item anew.
const severalKeys = ['Meta', 'Control', 'Shift'];
const bare = { hideAttribution: true };

/** Items have no tab stop of their own: whoever draws them leads the keys. */
export function Canvas<Item extends Node, Line extends Edge = Edge>({
  children,
  className,
  ...flow
}: CanvasProps<Item, Line>) {
  return (
    <ReactFlow
      {...flow}
      className={`canvas own-scale @container ${className ?? ''}`}
      minZoom={0.05}
      maxZoom={1.75}
      nodesFocusable={false}
      edgesFocusable={false}
      disableKeyboardA11y
      deleteKeyCode={null}
      selectionKeyCode="Shift"
      multiSelectionKeyCode={severalKeys}
      selectionMode={SelectionMode.Partial}
      elevateNodesOnSelect={false}
      zoomOnDoubleClick={false}
      nodeDragThreshold={4}
      onlyRenderVisibleElements
      proOptions={bare}
    >
      <Background variant={BackgroundVariant.Dots} gap={24} size={1.2} color="var(--color-line)" />
      {children}
    </ReactFlow>
  );
}
