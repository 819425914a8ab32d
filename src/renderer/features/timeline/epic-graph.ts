/** The steps and gates of an epic as they were routed, for a drawing: what hands over to what, what has passed, what moves now. Pure. */
import { gatesOf } from '../../../core/gate/ask.ts';
import type { Gate } from '../../../core/gate/gate.ts';
import type { EpicId, GateId, TaskId } from '../../../core/ids.ts';
import type { CompanyState } from '../../../core/state.ts';
import type { Task } from '../../../core/task/task.ts';
import type { FlowGate, FlowItem, FlowLayout, FlowLine, FlowSizes, FlowStep } from '../../canvas/flow.ts';

export interface GraphGate extends FlowGate {
  /** Its id: several stories have gates of one name. */
  readonly name: GateId;
}

export interface GraphStep extends FlowStep {
  readonly id: TaskId;
  readonly gates: readonly GraphGate[];
}

export type GraphItem = FlowItem<GraphStep>;
export type GraphLayout = FlowLayout<GraphStep>;
export type GraphLine = FlowLine<GraphStep>;

export const graphSizes: FlowSizes = {
  step: { width: 272, height: 80 },
  gate: { width: 272, height: 52 },
};

/** Nothing of them changes while work goes on, so that nothing on the drawing moves. */
export function graphSteps(state: CompanyState, epicId: EpicId): GraphStep[] {
  const tasks = [...state.index.tasksByEpic.get(epicId)]
    .filter(({ kind }) => kind === 'step')
    .sort((a, b) => a.order - b.order);
  const known = new Set(tasks.map(({ id }) => id));
  return tasks.map(({ id, dependsOn, gatesBefore, gatesAfter }) => ({
    id,
    dependsOn: dependsOn.filter((other) => known.has(other)),
    gates: gatesOf(state, [...gatesBefore, ...gatesAfter]).map((gate) => ({
      name: gate.id,
      position: gate.rule.position,
    })),
  }));
}

/** `passed`: what it led to has been reached. `live`: and that is what goes on now. */
export type LineState = 'ahead' | 'passed' | 'live';

export function lineState(state: CompanyState, { byId }: GraphLayout, line: GraphLine): LineState {
  const [from, to] = [byId.get(line.from), byId.get(line.to)];
  if (!from || !to) return 'ahead';
  if (line.kind === 'rework') return isSentBack(state, from) ? 'live' : 'ahead';
  if (!isPassed(state, from, to)) return 'ahead';
  return isMoving(state, to) ? 'live' : 'passed';
}

/** How often the gate has sent its work back. */
export function roundsOf(task: Task, gateId: GateId): number {
  return task.notes.filter((note) => note.gateId === gateId).length;
}

/** The item that somebody looks for first: what needs them, then what goes on, then what comes next. */
export function currentItem(
  state: CompanyState,
  { items }: GraphLayout,
  needsSelf: (gate: Gate) => boolean,
): string | null {
  const gateIn = (item: GraphItem, wanted: (gate: Gate) => boolean) => {
    const gate = gateOf(state, item);
    return gate !== undefined && wanted(gate);
  };
  const first =
    items.find((item) => gateIn(item, needsSelf)) ??
    items.find((item) => item.kind === 'step' && state.tasks.get(item.step.id)?.state === 'leased') ??
    items.find((item) => gateIn(item, (gate) => gate.state === 'waiting' || gate.state === 'vetoed')) ??
    items.find((item) => item.kind === 'step' && state.tasks.get(item.step.id)?.state !== 'done');
  return first?.id ?? null;
}

export function gateOf(state: CompanyState, item: GraphItem): Gate | undefined {
  return item.kind === 'gate' ? state.gates.get(item.gate.name) : undefined;
}

function isPassed(state: CompanyState, from: GraphItem, to: GraphItem): boolean {
  if (from.kind === 'gate') return state.gates.get(from.gate.name)?.state === 'open';
  const task = state.tasks.get(from.step.id);
  // What a step hands to its own gate it has handed in, not finished.
  const isOwnGate = to.kind === 'gate' && to.step.id === from.step.id;
  return task?.state === 'done' || (isOwnGate && task?.state === 'awaiting_gate');
}

function isMoving(state: CompanyState, to: GraphItem): boolean {
  if (to.kind === 'gate') return state.gates.get(to.gate.name)?.state === 'waiting';
  return state.tasks.get(to.step.id)?.state === 'leased';
}

function isSentBack(state: CompanyState, from: GraphItem): boolean {
  const gate = gateOf(state, from);
  return gate?.state === 'rejected' && state.tasks.get(from.step.id)?.state !== 'done';
}
