/** Places a workflow from left to right: each step with its gates on one strip, and lines that cross as little as may be. Pure. */
import type { StepId } from '../../../core/ids.ts';
import type { GateRule, Step } from '../../../core/workflow/workflow.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type FlowItem = { readonly id: string; readonly box: Box; readonly step: Step } & (
  | { readonly kind: 'step' }
  | { readonly kind: 'gate'; readonly gate: GateRule }
);

/** `handover`: the next step begins with what the last one made. `guarded`: only once the gate before it has opened. */
export type LineKind = 'handover' | 'guarded' | 'rework';

export interface FlowLine {
  readonly id: string;
  readonly kind: LineKind;
  readonly from: string;
  readonly to: string;
  /** The dependency that it stands for; null inside of a strip. */
  readonly dependency: { readonly from: StepId; readonly to: StepId } | null;
  /** Where it passes steps that it has nothing to do with. */
  readonly via: readonly { readonly x: number; readonly y: number }[];
}

export interface FlowLayout {
  readonly items: readonly FlowItem[];
  readonly lines: readonly FlowLine[];
  readonly byId: ReadonlyMap<string, FlowItem>;
}

export const stepId = (id: StepId): string => `step:${id}`;
export const gateId = (name: string): string => `gate:${name}`;

export const stepSize = { width: 216, height: 78 } as const;
export const gateSize = { width: 96, height: 78 } as const;
const gapInStrip = 26;
const gapOfLayers = 84;
const gapOfRows = 34;
/** The room that a line takes where it passes a layer. */
const laneHeight = 18;

/** A step in its layer, or the place where a long line passes one. */
interface Slot {
  readonly key: string;
  readonly layer: number;
  readonly step: Step | null;
  readonly height: number;
  /** Slots of the layer before that lead here. */
  readonly from: string[];
  y: number;
}

export function layoutFlow(steps: readonly Step[]): FlowLayout {
  const layers = layersOf(steps);
  const slots = slotsOf(steps, layers);
  const columns = columnsOf(slots);
  for (const column of columns) placeRows(column, slots);
  const lefts = leftsOf(columns);
  const items = columns.flatMap((column, layer) =>
    column.flatMap(({ step, y }) => (step ? stripOf(step, lefts[layer] ?? 0, y) : [])),
  );
  const byId = new Map(items.map((item) => [item.id, item]));
  return { items, byId, lines: [...linesInside(items), ...linesBetween(steps, layers, slots, lefts)] };
}

/** The longest way from a start to each step. */
function layersOf(steps: readonly Step[]): ReadonlyMap<StepId, number> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const layers = new Map<StepId, number>();
  const visit = (step: Step, path: ReadonlySet<StepId>): number => {
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

const passKey = (from: StepId, to: StepId, layer: number): string => `${from}>${to}@${layer}`;

function slotsOf(steps: readonly Step[], layers: ReadonlyMap<StepId, number>): Map<string, Slot> {
  const slots = new Map<string, Slot>();
  const layerOf = (id: StepId) => layers.get(id) ?? 0;
  for (const step of steps) {
    slots.set(step.id, {
      key: step.id,
      layer: layerOf(step.id),
      step,
      height: stepSize.height,
      from: [],
      y: 0,
    });
  }
  for (const step of steps) {
    for (const from of step.dependsOn) {
      let before: string = from;
      for (let layer = layerOf(from) + 1; layer < layerOf(step.id); layer += 1) {
        const key = passKey(from, step.id, layer);
        slots.set(key, { key, layer, step: null, height: laneHeight, from: [before], y: 0 });
        before = key;
      }
      slots.get(step.id)?.from.push(before);
    }
  }
  return slots;
}

/** Each layer in an order in which lines cross little: by where they come from. */
function columnsOf(slots: ReadonlyMap<string, Slot>): Slot[][] {
  const columns: Slot[][] = [];
  for (const slot of slots.values()) {
    const column = columns[slot.layer] ?? [];
    column.push(slot);
    columns[slot.layer] = column;
  }
  const place = new Map<string, number>();
  for (const column of columns) {
    const meanOf = ({ from }: Slot) =>
      from.reduce((sum, key) => sum + (place.get(key) ?? 0), 0) / Math.max(1, from.length);
    column.sort((one, other) => meanOf(one) - meanOf(other));
    for (const [at, { key }] of column.entries()) place.set(key, at);
  }
  return columns;
}

/** Beside what leads there as far as there is room; the middle of the whole layer stays at its middle. */
function placeRows(column: readonly Slot[], slots: ReadonlyMap<string, Slot>): void {
  const height = column.reduce((sum, slot) => sum + slot.height + gapOfRows, -gapOfRows);
  let free = -height / 2;
  const wantedOf = ({ from }: Slot): number | null =>
    from.length === 0 ? null : from.reduce((sum, key) => sum + (slots.get(key)?.y ?? 0), 0) / from.length;
  const wanted = column.map(wantedOf);
  const middle = wanted.filter((y) => y !== null);
  if (middle.length > 0) free += middle.reduce((sum, y) => sum + y, 0) / middle.length;
  for (const slot of column) {
    slot.y = free + slot.height / 2;
    free += slot.height + gapOfRows;
  }
}

function stripWidth({ gates }: Step): number {
  return stepSize.width + gates.length * (gateSize.width + gapInStrip);
}

function leftsOf(columns: readonly (readonly Slot[])[]): number[] {
  let left = 0;
  return columns.map((column) => {
    const own = left;
    left += Math.max(0, ...column.map(({ step }) => (step ? stripWidth(step) : 0))) + gapOfLayers;
    return own;
  });
}

function stripOf(step: Step, left: number, middle: number): FlowItem[] {
  const gates = (position: GateRule['position']) => step.gates.filter((gate) => gate.position === position);
  let x = left;
  const next = (size: { width: number; height: number }): Box => {
    const box = { x, y: middle - size.height / 2, ...size };
    x += size.width + gapInStrip;
    return box;
  };
  const gateItem = (gate: GateRule): FlowItem => ({
    ...{ kind: 'gate', id: gateId(gate.name), step, gate, box: next(gateSize) },
  });
  return [
    ...gates('before').map(gateItem),
    { kind: 'step', id: stepId(step.id), step, box: next(stepSize) },
    ...gates('after').map(gateItem),
  ];
}

const isGuard = (item: FlowItem | undefined): boolean => item?.kind === 'gate';

function linesInside(items: readonly FlowItem[]): FlowLine[] {
  return items.flatMap((item, at): FlowLine[] => {
    const before = items[at - 1];
    const line = (kind: LineKind, from: string, to: string): FlowLine => ({
      ...{ id: `${kind}:${from}:${to}`, kind, from, to, dependency: null, via: [] },
    });
    const inside = before?.step.id === item.step.id;
    return [
      ...(inside && before ? [line(isGuard(before) ? 'guarded' : 'handover', before.id, item.id)] : []),
      // What a gate after a step sends back goes to that step again.
      ...(item.kind === 'gate' && item.gate.position === 'after'
        ? [line('rework', item.id, stepId(item.step.id))]
        : []),
    ];
  });
}

function linesBetween(
  steps: readonly Step[],
  layers: ReadonlyMap<StepId, number>,
  slots: ReadonlyMap<string, Slot>,
  lefts: readonly number[],
): FlowLine[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  return steps.flatMap((step) =>
    step.dependsOn.flatMap((id): FlowLine[] => {
      const source = byId.get(id);
      if (!source) return [];
      const [out, into] = [endOf(source), startOf(step)];
      const via: { x: number; y: number }[] = [];
      for (let layer = (layers.get(id) ?? 0) + 1; layer < (layers.get(step.id) ?? 0); layer += 1) {
        const y = slots.get(passKey(id, step.id, layer))?.y ?? 0;
        const right = (lefts[layer + 1] ?? 0) - gapOfLayers;
        via.push({ x: lefts[layer] ?? 0, y }, { x: right, y });
      }
      const kind = out.startsWith('gate:') ? 'guarded' : 'handover';
      return [
        { id: `${id}>${step.id}`, kind, from: out, to: into, dependency: { from: id, to: step.id }, via },
      ];
    }),
  );
}

/** What stands last on the strip of a step: from there it goes on. */
export function endOf({ id, gates }: Step): string {
  const last = gates.filter(({ position }) => position === 'after').at(-1);
  return last ? gateId(last.name) : stepId(id);
}

/** What stands first on it. */
export function startOf({ id, gates }: Step): string {
  const first = gates.find(({ position }) => position === 'before');
  return first ? gateId(first.name) : stepId(id);
}

/** A line from one point to another, level at both ends and wherever it passes something. */
export function linePath(
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
  via: FlowLine['via'],
): string {
  const points = [from, ...via, to];
  return points.slice(1).reduce((path, point, at) => {
    const before = points[at] ?? from;
    if (before.y === point.y) return `${path}L${point.x} ${point.y}`;
    const bend = Math.max(24, (point.x - before.x) / 2);
    return `${path}C${before.x + bend} ${before.y} ${point.x - bend} ${point.y} ${point.x} ${point.y}`;
  }, `M${from.x} ${from.y}`);
}
