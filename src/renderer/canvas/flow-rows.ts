/** In which layer each step stands and in which order, so that lines cross as little as may be. Pure. */
import type { FlowSizes, FlowStep } from './flow.ts';

const gapOfStrips = 56;
/** The room that a line takes where it passes a layer. */
const laneWidth = 24;

/** A step in its layer, or the place where a long line passes one. */
export interface Slot<Placed extends FlowStep> {
  readonly key: string;
  readonly layer: number;
  readonly step: Placed | null;
  readonly width: number;
  /** Slots of the layer before that lead here. */
  readonly from: string[];
  /** Its middle, from left to right. */
  x: number;
}

/** What stands where: all that the lines have to go by. */
export interface FlowRows<Placed extends FlowStep> {
  readonly layers: ReadonlyMap<string, number>;
  readonly slots: ReadonlyMap<string, Slot<Placed>>;
  readonly rows: readonly (readonly Slot<Placed>[])[];
}

export function rowsOf<Placed extends FlowStep>(
  steps: readonly Placed[],
  sizes: FlowSizes,
): FlowRows<Placed> {
  const layers = layersOf(steps);
  const slots = slotsOf(steps, layers, sizes);
  const rows = orderedRows(slots);
  for (const row of rows) placeStrips(row, slots);
  return { layers, slots, rows };
}

/** The longest way from a start to each step. */
function layersOf(steps: readonly FlowStep[]): ReadonlyMap<string, number> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const layers = new Map<string, number>();
  const visit = (step: FlowStep, path: ReadonlySet<string>): number => {
    const known = layers.get(step.id);
    if (known !== undefined) return known;
    const inner = new Set([...path, step.id]);
    const before = step.dependsOn.filter((id) => !inner.has(id)).flatMap((id) => byId.get(id) ?? []);
    const layer = Math.max(-1, ...before.map((other) => visit(other, inner))) + 1;
    layers.set(step.id, layer);
    return layer;
  };
  for (const step of steps) visit(step, new Set());
  return layers;
}

/** Of the place where a line from one step to another passes a layer. */
export const passKey = (from: string, to: string, layer: number): string => `${from}>${to}@${layer}`;

function slotsOf<Placed extends FlowStep>(
  steps: readonly Placed[],
  layers: ReadonlyMap<string, number>,
  sizes: FlowSizes,
): Map<string, Slot<Placed>> {
  const slots = new Map<string, Slot<Placed>>();
  const layerOf = (id: string) => layers.get(id) ?? 0;
  for (const step of steps) {
    slots.set(step.id, {
      key: step.id,
      layer: layerOf(step.id),
      step,
      width: sizes.step.width,
      from: [],
      x: 0,
    });
  }
  for (const step of steps) {
    for (const from of step.dependsOn) {
      let before: string = from;
      for (let layer = layerOf(from) + 1; layer < layerOf(step.id); layer += 1) {
        const key = passKey(from, step.id, layer);
        slots.set(key, { key, layer, step: null, width: laneWidth, from: [before], x: 0 });
        before = key;
      }
      slots.get(step.id)?.from.push(before);
    }
  }
  return slots;
}

/** Each layer in an order in which lines cross little: by where they come from. */
function orderedRows<Placed extends FlowStep>(slots: ReadonlyMap<string, Slot<Placed>>): Slot<Placed>[][] {
  const rows: Slot<Placed>[][] = [];
  for (const slot of slots.values()) {
    const row = rows[slot.layer] ?? [];
    row.push(slot);
    rows[slot.layer] = row;
  }
  const place = new Map<string, number>();
  for (const row of rows) {
    const meanOf = ({ from }: Slot<Placed>) =>
      from.reduce((sum, key) => sum + (place.get(key) ?? 0), 0) / Math.max(1, from.length);
    row.sort((one, other) => meanOf(one) - meanOf(other));
    for (const [at, { key }] of row.entries()) place.set(key, at);
  }
  return rows;
}

/** The middle of a layer stands below the middle of what leads to it. */
function placeStrips<Placed extends FlowStep>(
  row: readonly Slot<Placed>[],
  slots: ReadonlyMap<string, Slot<Placed>>,
): void {
  const width = row.reduce((sum, slot) => sum + slot.width + gapOfStrips, -gapOfStrips);
  const wanted = row.flatMap(({ from }) =>
    from.length === 0 ? [] : from.reduce((sum, key) => sum + (slots.get(key)?.x ?? 0), 0) / from.length,
  );
  const middle = wanted.reduce((sum, x) => sum + x, 0) / Math.max(1, wanted.length);
  let free = middle - width / 2;
  for (const slot of row) {
    slot.x = free + slot.width / 2;
    free += slot.width + gapOfStrips;
  }
}
