/** A small map of a large drawing, with the part that is in sight; a click or a drag on it goes there. Drawn once, however many items there are. */
import { useReactFlow, useStore } from '@xyflow/react';
import type { PointerEvent } from 'react';
import { memo, useMemo } from 'react';

export interface MapBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly colour: string;
}

export interface OverviewMapProps {
  label: string;
  /** What lies behind comes first. */
  boxes: readonly MapBox[];
}

const size = { width: 200, height: 150 } as const;
const margin = 0.06;

export function OverviewMap({ label, boxes }: OverviewMapProps) {
  const flow = useReactFlow();
  const bounds = useMemo(() => boundsOf(boxes), [boxes]);
  const go = (event: PointerEvent<SVGSVGElement>) => {
    if (event.buttons !== 1) return;
    const matrix = event.currentTarget.getScreenCTM();
    if (!matrix) return;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    void flow.setCenter(at.x, at.y, { zoom: flow.getZoom() });
  };
  return (
    <svg
      role="img"
      aria-label={label}
      width={size.width}
      height={size.height}
      viewBox={`${bounds.x} ${bounds.y} ${bounds.width} ${bounds.height}`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={go}
      className="@max-[52rem]:h-24 @max-[52rem]:w-32 touch-none rounded-md border border-line bg-surface"
    >
      <Boxes boxes={boxes} />
      <InSight unit={bounds.width / size.width} />
    </svg>
  );
}

/** One path for each colour, in the order in which the colours come. */
const Boxes = memo(function Boxes({ boxes }: { boxes: readonly MapBox[] }) {
  const paths = new Map<string, string>();
  for (const { x, y, width, height, colour } of boxes) {
    paths.set(colour, `${paths.get(colour) ?? ''}M${x} ${y}h${width}v${height}h${-width}z`);
  }
  return [...paths].map(([colour, path]) => <path key={colour} d={path} style={{ fill: colour }} />);
});

function InSight({ unit }: { unit: number }) {
  const x = useStore(({ transform }) => -transform[0] / transform[2]);
  const y = useStore(({ transform }) => -transform[1] / transform[2]);
  const width = useStore((state) => state.width / state.transform[2]);
  const height = useStore((state) => state.height / state.transform[2]);
  return (
    <rect
      x={x}
      y={y}
      width={width}
      height={height}
      strokeWidth={unit * 1.5}
      className="fill-alive/5 stroke-alive"
    />
  );
}

function boundsOf(boxes: readonly MapBox[]): Omit<MapBox, 'colour'> {
  let [left, top, right, bottom] = [0, 0, 1, 1];
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  const [wide, high] = [right - left, bottom - top];
  return {
    x: left - wide * margin,
    y: top - high * margin,
    width: wide * (1 + margin * 2),
    height: high * (1 + margin * 2),
  };
}
