/** Places a workflow's steps and gates as rows on rails, the way a version history is drawn. Pure. */
import type { StepId } from '../../core/ids.ts';
import type { GateRule, Step } from '../../core/workflow/workflow.ts';

export type WorkflowRow =
  | { readonly kind: 'step'; readonly step: Step; readonly lane: number; readonly rank: number }
  | {
      readonly kind: 'gate';
      readonly step: Step;
      readonly gate: GateRule;
      readonly lane: number;
      readonly rank: number;
    };

export interface WorkflowEdge {
  readonly from: number;
  readonly to: number;
  /** The rail on which it runs between its ends. */
  readonly lane: number;
}

export interface WorkflowLayout {
  /** From the first to the last; a step's gates stand beside it. */
  readonly rows: readonly WorkflowRow[];
  /** By index of the rows. */
  readonly edges: readonly WorkflowEdge[];
  readonly lanes: number;
  /** The longest way through, in rows. */
  readonly ranks: number;
}

export function layoutWorkflow(steps: readonly Step[]): WorkflowLayout {
  const layers = layersOf(steps);
  const order = [...new Set(layers.values())].sort((a, b) => a - b);
  const rows: WorkflowRow[] = [];
  const first = new Map<StepId, number>();
  const last = new Map<StepId, number>();
  for (const layer of order) {
    steps
      .filter((step) => layers.get(step.id) === layer)
      .forEach((step, lane) => {
        const rank = Math.max(-1, ...step.dependsOn.map((id) => rows[last.get(id) ?? -1]?.rank ?? -1)) + 1;
        first.set(step.id, rows.length);
        rows.push(...chainOf(step, lane, rank));
        last.set(step.id, rows.length - 1);
      });
  }
  const edges = edgesOf(steps, rows, first, last);
  return {
    rows,
    edges,
    lanes: Math.max(0, ...rows.map(({ lane }) => lane), ...edges.map(({ lane }) => lane)) + 1,
    ranks: Math.max(0, ...rows.map(({ rank }) => rank)) + 1,
  };
}

/** A step with its gates: those before it, itself, those after it. */
function chainOf(step: Step, lane: number, rank: number): WorkflowRow[] {
  const gates = (position: GateRule['position']) =>
    step.gates.filter((gate) => gate.position === position).map((gate) => ({ kind: 'gate', gate }) as const);
  return [...gates('before'), { kind: 'step' } as const, ...gates('after')].map((row, at) => ({
    ...row,
    step,
    lane,
    rank: rank + at,
  }));
}

/** The longest way from a start to each step; a cycle, which no checked workflow has, ends where it began. */
function layersOf(steps: readonly Step[]): Map<StepId, number> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const layers = new Map<StepId, number>();
  const visit = (step: Step, path: ReadonlySet<StepId>): number => {
    const known = layers.get(step.id);
    if (known !== undefined) return known;
    const before = step.dependsOn
      .filter((id) => !path.has(id))
      .flatMap((id) => byId.get(id) ?? [])
      .map((other) => visit(other, new Set([...path, step.id])));
    const layer = Math.max(-1, ...before) + 1;
    layers.set(step.id, layer);
    return layer;
  };
  for (const step of steps) visit(step, new Set());
  return layers;
}

function edgesOf(
  steps: readonly Step[],
  rows: readonly WorkflowRow[],
  first: ReadonlyMap<StepId, number>,
  last: ReadonlyMap<StepId, number>,
): WorkflowEdge[] {
  const inside = rows.flatMap((row, to) => {
    const before = rows[to - 1];
    return before?.step.id === row.step.id ? [{ from: to - 1, to, lane: row.lane }] : [];
  });
  const between = steps.flatMap((step) =>
    step.dependsOn.flatMap((id) => {
      const from = last.get(id);
      const to = first.get(step.id);
      return from === undefined || to === undefined ? [] : [{ from, to, lane: railOf(rows, from, to) }];
    }),
  );
  return [...inside, ...between];
}

/** The outer one of the two rails, or a free one beyond all when something stands in the way. */
function railOf(rows: readonly WorkflowRow[], from: number, to: number): number {
  const rail = Math.max(rows[from]?.lane ?? 0, rows[to]?.lane ?? 0);
  const taken = rows.slice(from + 1, to).some(({ lane }) => lane === rail);
  return taken ? Math.max(...rows.map(({ lane }) => lane)) + 1 : rail;
}
