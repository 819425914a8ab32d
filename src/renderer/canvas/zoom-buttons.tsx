/** The way in, out and to the whole, at the edge of a canvas. */
import { useReactFlow, useViewport } from '@xyflow/react';
import { Button } from '../design/button.tsx';
import { formatShare } from '../lib/format.ts';

export interface ZoomWords {
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly fit: string;
}

/** Below, what lies over the drawing has its room. */
const aroundAll = { top: 0.06, x: 0.06, bottom: '64px' } as const;

export function ZoomButtons({ words }: { words: ZoomWords }) {
  const flow = useReactFlow();
  const { zoom } = useViewport();
  return (
    <div className="flex items-center rounded-md border border-line bg-surface p-0.5 shadow-raised">
      <Button
        look="quiet"
        size="small"
        icon="minus"
        aria-label={words.zoomOut}
        onPress={() => void flow.zoomOut()}
      />
      <Button
        look="quiet"
        size="small"
        aria-label={`${formatShare(zoom)}, ${words.fit}`}
        className="w-12 font-mono"
        onPress={() => void flow.fitView({ padding: aroundAll })}
      >
        {formatShare(zoom)}
      </Button>
      <Button
        look="quiet"
        size="small"
        icon="plus"
        aria-label={words.zoomIn}
        onPress={() => void flow.zoomIn()}
      />
    </div>
  );
}
