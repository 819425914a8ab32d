/** The lines of a drawing: within the strip of a step, from one to the next, and which way they take. Pure. */
import type { FlowItem, FlowLine, FlowStep, LineKind } from './flow.ts';
import { gateId, stepId } from './flow.ts';
import type { FlowRows } from './flow-rows.ts';
import { passKey } from './flow-rows.ts';

/** The room of a layer, from top to bottom. */
export interface Band {
  readonly top: number;
  readonly bottom: number;
}

const isGuard = (item: FlowItem<FlowStep> | undefined): boolean => item?.kind === 'gate';

export function linesInside<Placed extends FlowStep>(items: readonly FlowItem<Placed>[]): FlowLine<Placed>[] {
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

export function linesBetween<Placed extends FlowStep>(
  steps: readonly Placed[],
  { layers, slots }: FlowRows<Placed>,
  bands: readonly Band[],
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
        via.push({ x, y: bands[layer]?.top ?? 0 }, { x, y: bands[layer]?.bottom ?? 0 });
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
