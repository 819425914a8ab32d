/** Places steps from top to bottom: each with its gates on one strip, and lines that cross as little as may be. Pure. */
import type { Step } from '../../core/workflow/workflow.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What has to be known of a step to place it: it is one of a workflow, or the task of one in an epic. */
export interface FlowStep {
  readonly id: string;
  readonly dependsOn: readonly string[];
  readonly gates: readonly FlowGate[];
}

export interface FlowGate {
  /** Unique among all that are placed. */
  readonly name: string;
  readonly position: 'before' | 'after';
}

interface Size {
  readonly width: number;
  readonly height: number;
}

export interface FlowSizes {
  readonly step: Size;
  readonly gate: Size;
}

export type FlowItem<Placed extends FlowStep = Step> = {
  readonly id: string;
  readonly box: Box;
  readonly step: Placed;
} & ({ readonly kind: 'step' } | { readonly kind: 'gate'; readonly gate: Placed['gates'][number] });

/** `handover`: the next step begins with what the last one made. `guarded`: only once the gate before it has opened. */
export type LineKind = 'handover' | 'guarded' | 'rework';

export interface FlowLine<Placed extends FlowStep = Step> {
  readonly id: string;
  readonly kind: LineKind;
  readonly from: string;
  readonly to: string;
  /** The dependency that it stands for; null inside of a strip. */
  readonly dependency: { readonly from: Placed['id']; readonly to: Placed['id'] } | null;
  /** Where it passes steps that it has nothing to do with. */
  readonly via: readonly { readonly x: number; readonly y: number }[];
}

export interface FlowLayout<Placed extends FlowStep = Step> {
  readonly items: readonly FlowItem<Placed>[];
  readonly lines: readonly FlowLine<Placed>[];
  readonly byId: ReadonlyMap<string, FlowItem<Placed>>;
}

export const stepId = (id: string): string => `step:${id}`;
export const gateId = (name: string): string => `gate:${name}`;

/** Of the editor. */
export const flowSizes: FlowSizes = {
  step: { width: 232, height: 70 },
  gate: { width: 232, height: 46 },
};
const gapInStrip = 22;
const gapOfLayers = 58;
const gapOfStrips = 56;
/** The room that a line takes where it passes a layer. */
const laneWidth = 24;

/** A step in its layer, or the place where a long line passes one. */
interface Slot<Placed extends FlowStep> {
  readonly key: string;
  readonly layer: number;
  readonly step: Placed | null;
  readonly width: number;
  /** Slots of the layer before that lead here. */
  readonly from: string[];
  /** Its middle, from left to right. */
  x: number;
}

export function layoutFlow<Placed extends FlowStep>(
  steps: readonly Placed[],
  sizes: FlowSizes = flowSizes,
): FlowLayout<Placed> {
  const layers = layersOf(steps);
  const slots = slotsOf(steps, layers, sizes);
  const rows = rowsOf(slots);
  for (const layer of rows) placeStrips(layer, slots);
  const tops = topsOf(rows, sizes);
  const items = rows.flatMap((row, layer) =>
    row.flatMap(({ step, x }) => (step ? stripOf(step, x, tops[layer] ?? 0, sizes) : [])),
  );
  const byId = new Map(items.map((item) => [item.id, item]));
  return { items, byId, lines: [...linesInside(items), ...linesBetween(steps, layers, slots, tops)] };
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

const passKey = (from: string, to: string, layer: number): string => `${from}>${to}@${layer}`;

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
function rowsOf<Placed extends FlowStep>(slots: ReadonlyMap<string, Slot<Placed>>): Slot<Placed>[][] {
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

function stripHeight({ gates }: FlowStep, sizes: FlowSizes): number {
  return sizes.step.height + gates.length * (sizes.gate.height + gapInStrip);
}

function topsOf(rows: readonly (readonly Slot<FlowStep>[])[], sizes: FlowSizes): number[] {
  let top = 0;
  return rows.map((row) => {
    const own = top;
    top += Math.max(0, ...row.map(({ step }) => (step ? stripHeight(step, sizes) : 0))) + gapOfLayers;
    return own;
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

const isGuard = (item: FlowItem<FlowStep> | undefined): boolean => item?.kind === 'gate';

function linesInside<Placed extends FlowStep>(items: readonly FlowItem<Placed>[]): FlowLine<Placed>[] {
  return items.flatMap((item, at): FlowLine<Placed>[] => {
    const before = items[at - 1];
    const line = (kind: LineKind, from: string, to: string): FlowLine<Placed> => ({
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

function linesBetween<Placed extends FlowStep>(
  steps: readonly Placed[],
  layers: ReadonlyMap<string, number>,
  slots: ReadonlyMap<string, Slot<Placed>>,
  tops: readonly number[],
): FlowLine<Placed>[] {
  const byId = new Map<string, Placed>(steps.map((step) => [step.id, step]));
  return steps.flatMap((step) =>
    step.dependsOn.flatMap((id): FlowLine<Placed>[] => {
      const source = byId.get(id);
      if (!source) return [];
      const [out, into] = [endOf(source), startOf(step)];
      const via: { x: number; y: number }[] = [];
      for (let layer = (layers.get(id) ?? 0) + 1; layer < (layers.get(step.id) ?? 0); layer += 1) {
        const x = slots.get(passKey(id, step.id, layer))?.x ?? 0;
        via.push({ x, y: tops[layer] ?? 0 }, { x, y: (tops[layer + 1] ?? 0) - gapOfLayers });
      }
      const kind = out.startsWith('gate:') ? 'guarded' : 'handover';
      return [
        {
          id: `${id}>${step.id}`,
          kind,
          from: out,
          to: into,
          dependency: { from: source.id, to: step.id },
          via,
        },
      ];
    }),
  );
}

/** What stands last on the strip of a step: from there it goes on. */
export function endOf({ id, gates }: FlowStep): string {
  const last = gates.filter(({ position }) => position === 'after').at(-1);
  return last ? gateId(last.name) : stepId(id);
}

/** What stands first on it. */
export function startOf({ id, gates }: FlowStep): string {
  const first = gates.find(({ position }) => position === 'before');
  return first ? gateId(first.name) : stepId(id);
}

/** A line from one point down to another, upright at both ends and wherever it passes something. */
export function linePath(
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
  via: FlowLine['via'],
): string {
  const points = [from, ...via, to];
  return points.slice(1).reduce((path, point, at) => {
    const before = points[at] ?? from;
    if (before.x === point.x) return `${path}L${point.x} ${point.y}`;
    const bend = Math.max(18, (point.y - before.y) / 2);
    return `${path}C${before.x} ${before.y + bend} ${point.x} ${point.y - bend} ${point.x} ${point.y}`;
  }, `M${from.x} ${from.y}`);
}

/** The corner of all of it, and how large it is. */
export function boundsOf({ items }: { readonly items: readonly { readonly box: Box }[] }): Box {
  const left = Math.min(0, ...items.map(({ box }) => box.x));
  const right = Math.max(0, ...items.map(({ box }) => box.x + box.width));
  const bottom = Math.max(0, ...items.map(({ box }) => box.y + box.height));
  return { x: left, y: 0, width: right - left, height: bottom };
}
