/** What a person does to the drawing, each as one step of the draft that says what it was. */
import { useCallback } from 'react';
import type { RoleId, StepId } from '../../../core/ids.ts';
import type { GateRule } from '../../../core/workflow/workflow.ts';
import type { FlowLayout } from '../../canvas/flow.ts';
import { gateId, stepId } from '../../canvas/flow.ts';
import { refusalToConnect } from './check-draft.ts';
import {
  addGate,
  addStep,
  connect,
  disconnect,
  gateNamed,
  moveGate,
  removeGate,
  removeSteps,
} from './edit-workflow.ts';
import { strings } from './strings.ts';
import type { WorkflowDraft } from './use-workflow-draft.ts';

export interface FlowActs {
  readonly addStep: (after: string | null) => void;
  readonly addGate: (step: string, position?: GateRule['position']) => void;
  readonly connect: (from: string, to: string) => void;
  readonly moveGate: (name: string, step: string, position: GateRule['position']) => void;
  readonly remove: (selected: ReadonlySet<string>) => void;
}

export interface FlowActsOptions {
  readonly draft: WorkflowDraft;
  readonly layout: FlowLayout;
  readonly roles: readonly string[];
  readonly attempt: (label: string, next: WorkflowDraft['drawn']) => string | null;
  readonly refuse: (why: string) => void;
  /** Selects it and brings it into sight. */
  readonly show: (id: string | null) => void;
}

export function useFlowActs(options: FlowActsOptions): FlowActs {
  const { draft, layout, roles, attempt, refuse, show } = options;
  const { drawn } = draft;
  const titleOf = useCallback(
    (id: string) => drawn.steps.find((step) => step.id === id)?.title ?? id,
    [drawn],
  );
  const roleFor = (id: string | null): RoleId =>
    drawn.steps.find((step) => step.id === id)?.roleId ?? ((roles[0] ?? 'engineer') as RoleId);
  return {
    addStep: (after) => {
      const added = addStep(
        drawn,
        { title: strings.newStep, roleId: roleFor(after) },
        { after: after as StepId | null },
      );
      if (attempt(strings.added(strings.newStep), added.workflow) === null) show(stepId(added.id));
    },
    addGate: (step, position = 'after') => {
      const added = addGate(drawn, step as StepId, position, signerFor(drawn, step, roles));
      if (attempt(strings.added(added.name), added.workflow) === null) show(gateId(added.name));
    },
    connect: (from, to) => {
      const refusal = refusalToConnect(drawn, from, to);
      if (refusal !== null) return refuse(refusal);
      attempt(strings.connected(titleOf(from), titleOf(to)), connect(drawn, from as StepId, to as StepId));
    },
    moveGate: (name, step, position) => {
      const at = gateNamed(drawn, name);
      if (!at || (at.step.id === step && at.gate.position === position)) return;
      if (attempt(strings.movedGate(name), moveGate(drawn, name, step as StepId, position)) === null)
        show(gateId(name));
    },
    remove: (selected) => {
      if (selected.size === 0) return;
      const steps = new Set<StepId>();
      let next = drawn;
      for (const id of selected) {
        const item = layout.byId.get(id);
        const line = layout.lines.find((one) => one.id === id)?.dependency;
        if (item?.kind === 'step') steps.add(item.step.id);
        if (item?.kind === 'gate') next = removeGate(next, item.gate.name);
        if (line) next = disconnect(next, line.from, line.to);
      }
      if (steps.size === drawn.steps.length) return refuse(strings.lastStep);
      if (attempt(strings.removedThings(selected.size), removeSteps(next, steps)) === null) show(null);
    },
  };
}

/** Whoever leads those who do the step, as far as names tell: the role of the gate before, else another than the step's own. */
function signerFor({ steps }: WorkflowDraft['drawn'], step: string, roles: readonly string[]): RoleId {
  const used = steps.flatMap(({ gates }) => gates.flatMap(({ requires }) => requires));
  const own = steps.find(({ id }) => id === step)?.roleId;
  const other = used.find(({ roleId }) => roleId !== own)?.roleId ?? roles.find((role) => role !== own);
  return (other ?? own ?? 'engineer') as RoleId;
}
