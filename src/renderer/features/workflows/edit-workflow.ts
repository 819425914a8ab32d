/** What can be done to a workflow while it is drawn: each gives a new workflow and leaves the old one as it was. Pure. */
import type { RoleId, StepId } from '../../../core/ids.ts';
import type { GateRule, Step, Workflow } from '../../../core/workflow/workflow.ts';

type StepChange = Partial<Omit<Step, 'id' | 'gates'>>;

/** After a step, or between two that stand beside each other; else it waits for nothing. */
export interface StepPlace {
  readonly after: StepId | null;
  /** Waits for the new step in place of `after`. */
  readonly before?: StepId;
}

export function addStep(
  workflow: Workflow,
  { title, roleId }: Pick<Step, 'title' | 'roleId'>,
  { after, before }: StepPlace,
): { readonly workflow: Workflow; readonly id: StepId } {
  const id = freeStepId(workflow);
  const step: Step = {
    ...{ id, title, roleId, dependsOn: after === null ? [] : [after] },
    ...{ complexity: 1, requiresCapabilities: [], checks: [], gates: [] },
  };
  const at = workflow.steps.findIndex((other) => other.id === after) + 1 || workflow.steps.length;
  const steps = [...workflow.steps.slice(0, at), step, ...workflow.steps.slice(at)].map((other) =>
    other.id === before && after !== null
      ? { ...other, dependsOn: other.dependsOn.map((from) => (from === after ? id : from)) }
      : other,
  );
  return { workflow: { ...workflow, steps }, id };
}

/** Whoever waited for it waits for what it waited for. */
export function removeSteps(workflow: Workflow, ids: ReadonlySet<StepId>): Workflow {
  const byId = new Map(workflow.steps.map((step) => [step.id, step]));
  const standIns = (id: StepId): readonly StepId[] =>
    ids.has(id) ? (byId.get(id)?.dependsOn.flatMap(standIns) ?? []) : [id];
  const steps = workflow.steps
    .filter(({ id }) => !ids.has(id))
    .map((step) => ({ ...step, dependsOn: [...new Set(step.dependsOn.flatMap(standIns))] }));
  return { ...workflow, steps };
}

export function changeStep(workflow: Workflow, id: StepId, change: StepChange): Workflow {
  return {
    ...workflow,
    steps: workflow.steps.map((step) => (step.id === id ? { ...step, ...change } : step)),
  };
}

export function connect(workflow: Workflow, from: StepId, to: StepId): Workflow {
  const dependsOn = workflow.steps.find(({ id }) => id === to)?.dependsOn ?? [];
  return dependsOn.includes(from) ? workflow : changeStep(workflow, to, { dependsOn: [...dependsOn, from] });
}

export function disconnect(workflow: Workflow, from: StepId, to: StepId): Workflow {
  const dependsOn = workflow.steps.find(({ id }) => id === to)?.dependsOn ?? [];
  return changeStep(workflow, to, { dependsOn: dependsOn.filter((id) => id !== from) });
}

/** Every step that has to be done before this one can begin. */
export function stepsBefore({ steps }: Workflow, id: StepId): ReadonlySet<StepId> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const found = new Set<StepId>();
  const open = [...(byId.get(id)?.dependsOn ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(byId.get(next)?.dependsOn ?? []));
  }
  return found;
}

export function addGate(
  workflow: Workflow,
  stepId: StepId,
  position: GateRule['position'],
  roleId: RoleId,
): { readonly workflow: Workflow; readonly name: string } {
  const name = freeGateName(workflow);
  const rule: GateRule = {
    ...{ name, position, requires: [{ roleId, count: 1 }], humanRequired: false },
    ...{ selfApproval: 'forbidden', distinct: true, timeout: null, onTimeout: 'escalate' },
  };
  return { workflow: withGates(workflow, stepId, (gates) => [...gates, rule]), name };
}

export function changeGate(workflow: Workflow, name: string, change: Partial<GateRule>): Workflow {
  const steps = workflow.steps.map((step) => ({
    ...step,
    gates: step.gates.map((gate) => (gate.name === name ? { ...gate, ...change } : gate)),
  }));
  return { ...workflow, steps };
}

export function removeGate(workflow: Workflow, name: string): Workflow {
  const steps = workflow.steps.map((step) => ({
    ...step,
    gates: step.gates.filter((gate) => gate.name !== name),
  }));
  return { ...workflow, steps };
}

/** The gate goes to another step, or to the other side of its own. */
export function moveGate(
  workflow: Workflow,
  name: string,
  stepId: StepId,
  position: GateRule['position'],
): Workflow {
  const rule = gateNamed(workflow, name)?.gate;
  if (!rule) return workflow;
  return withGates(removeGate(workflow, name), stepId, (gates) => [...gates, { ...rule, position }]);
}

export function gateNamed({ steps }: Workflow, name: string): { step: Step; gate: GateRule } | null {
  for (const step of steps) {
    const gate = step.gates.find((one) => one.name === name);
    if (gate) return { step, gate };
  }
  return null;
}

function withGates(
  workflow: Workflow,
  stepId: StepId,
  change: (gates: readonly GateRule[]) => readonly GateRule[],
): Workflow {
  return {
    ...workflow,
    steps: workflow.steps.map((step) => (step.id === stepId ? { ...step, gates: change(step.gates) } : step)),
  };
}

/** The next number, as in files that number their steps. */
function freeStepId({ steps }: Workflow): StepId {
  const taken = new Set(steps.map(({ id }) => String(id)));
  const numbers = steps.map(({ id }) => Number(id)).filter(Number.isInteger);
  let number = Math.max(0, ...numbers) + 1;
  while (taken.has(String(number))) number += 1;
  return String(number) as StepId;
}

function freeGateName({ steps }: Workflow): string {
  const taken = new Set(steps.flatMap(({ gates }) => gates.map(({ name }) => name)));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? 'review' : `review_${number}`;
    if (!taken.has(name)) return name;
  }
}
