/** Gates as the people who sign them see them: each slot, who could fill it, and what is signed. */
import type { GateView, QueryParams, SlotView, TaskBrief } from '../../contract/queries.ts';
import type { Gate } from '../../core/gate/gate.ts';
import { gateSlots } from '../../core/gate/gate-slots.ts';
import { gatedEpic, gatedTask } from '../../core/gate/gated-work.ts';
import { needsHuman } from '../../core/gate/signing-rules.ts';
import { requireGate, requireTask } from '../../core/require-row.ts';
import type { CompanyState } from '../../core/state.ts';
import type { Task } from '../../core/task/task.ts';

/** Those that wait the longest first; with `all`, then the rest by id. */
export function gateList(state: CompanyState, { all }: QueryParams<'gates'>): GateView[] {
  const gates = all
    ? [...state.gates.values()]
    : [...state.index.gatesByState.get('waiting'), ...state.index.gatesByState.get('vetoed')];
  const since = ({ waitingSince }: Gate) => waitingSince ?? Number.POSITIVE_INFINITY;
  return gates
    .sort((a, b) => (since(a) === since(b) ? (a.id < b.id ? -1 : 1) : since(a) - since(b)))
    .map((gate) => gateView(state, gate));
}

/** @throws CoordError `NOT_FOUND` */
export function gateById(state: CompanyState, { gateId }: QueryParams<'gate'>): GateView {
  return gateView(state, requireGate(state, gateId));
}

export function gateView(state: CompanyState, gate: Gate): GateView {
  const task = gatedTask(state, gate) ?? null;
  return {
    gate,
    epic: gatedEpic(state, gate) ?? null,
    task,
    slots: slotsOf(state, gate),
    artifacts: signedArtifacts(state, gate, task),
    needsHuman: needsHuman(gate),
  };
}

function slotsOf(state: CompanyState, gate: Gate): SlotView[] {
  const isAsked = gate.state === 'waiting';
  return gateSlots(state, gate).map(({ roleId, signOff, entitled, escalatedTo, delegation }) => {
    return {
      roleId,
      signOff,
      entitled: isAsked ? entitled.map(({ id, name }) => ({ id, name })) : [],
      escalatedTo,
      delegation,
    };
  });
}

/** What was asked about, or what the tasks handed in that it judges. */
function signedArtifacts(state: CompanyState, gate: Gate, task: Task | null): GateView['artifacts'] {
  if (gate.request) return gate.request.artifacts.map((artifact) => ({ ...artifact, from: gate.name }));
  return judgedTasks(state, gate, task).flatMap(({ title, submission }) =>
    (submission?.artifacts ?? []).map((artifact) => ({ ...artifact, from: title })),
  );
}

/** That the checks of those tasks passed. */
export function proofsOf(state: CompanyState, gate: Gate): TaskBrief['proofs'] {
  return judgedTasks(state, gate, gatedTask(state, gate) ?? null).flatMap(({ title, submission }) =>
    submission?.proof ? [{ ...submission.proof, from: title }] : [],
  );
}

/** Its task, or, before the task, those that it builds on. */
function judgedTasks(state: CompanyState, gate: Gate, task: Task | null): readonly Task[] {
  if (!task) return [];
  return gate.rule.position === 'after' ? [task] : task.dependsOn.map((id) => requireTask(state, id));
}
