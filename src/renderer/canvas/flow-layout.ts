/** Places steps from top to bottom, each with its gates on one strip, and joins them by lines. Pure. */
import type { Box, FlowGate, FlowItem, FlowLayout, FlowSizes, FlowStep, Size } from './flow.ts';
import { gateId, stepId } from './flow.ts';
import type { Band } from './flow-connections.ts';
import { linesBetween, linesInside } from './flow-connections.ts';
import type { FlowRows } from './flow-rows.ts';
import { rowsOf } from './flow-rows.ts';

/** Of the editor. */
export const flowSizes: FlowSizes = {
  step: { width: 232, height: 70 },
  gate: { width: 232, height: 46 },
};
const gapInStrip = 22;
const gapOfLayers = 58;

export function layoutFlow<Placed extends FlowStep>(
  steps: readonly Placed[],
  sizes: FlowSizes = flowSizes,
): FlowLayout<Placed> {
  const placed = rowsOf(steps, sizes);
  const bands = bandsOf(placed.rows, sizes);
  const items = placed.rows.flatMap((row, layer) =>
    row.flatMap(({ step, x }) => (step ? stripOf(step, x, bands[layer]?.top ?? 0, sizes) : [])),
  );
  const byId = new Map(items.map((item) => [item.id, item]));
  return { items, byId, lines: [...linesInside(items), ...linesBetween(steps, placed, bands)] };
}

function stripHeight({ gates }: FlowStep, sizes: FlowSizes): number {
  return sizes.step.height + gates.length * (sizes.gate.height + gapInStrip);
}

function bandsOf(rows: FlowRows<FlowStep>['rows'], sizes: FlowSizes): Band[] {
  let free = 0;
  return rows.map((row) => {
    const top = free;
    const bottom = top + Math.max(0, ...row.map(({ step }) => (step ? stripHeight(step, sizes) : 0)));
    free = bottom + gapOfLayers;
    return { top, bottom };
  });
}

function stripOf<Placed extends FlowStep>(
  step: Placed,
  middle: number,
  top: number,
  sizes: FlowSizes,
): FlowItem<Placed>[] {
  const gates = (position: FlowGate['position']) => step.gates.filter((gate) => gate.position === position);
  let y = top;
  const next = (size: Size): Box => {
    const box = { x: middle - size.width / 2, y, ...size };
    y += size.height + gapInStrip;
    return box;
  };
  const gateItem = (gate: Placed['gates'][number]): FlowItem<Placed> => ({
    ...{ kind: 'gate', id: gateId(gate.name), step, gate, box: next(sizes.gate) },
  });
  return [
    ...gates('before').map(gateItem),
    { kind: 'step', id: stepId(step.id), step, box: next(sizes.step) },
    ...gates('after').map(gateItem),
  ];
}

/** The corner of all of it, and how large it is. */
export function boundsOf({ items }: { readonly items: readonly { readonly box: Box }[] }): Box {
  const left = Math.min(0, ...items.map(({ box }) => box.x));
  const right = Math.max(0, ...items.map(({ box }) => box.x + box.width));
  const bottom = Math.max(0, ...items.map(({ box }) => box.y + box.height));
  return { x: left, y: 0, width: right - left, height: bottom };
}
