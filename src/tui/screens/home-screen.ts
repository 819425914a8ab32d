/** Home: what needs this person, how far each epic is, and what happened last. */
import type { Epic } from '../../core/epic/epic.ts';
import { epicWaits } from '../../core/epic/epic-waits.ts';
import { progressOf } from '../../core/epic/progress.ts';
import { askedSlots } from '../../core/gate/asked-slots.ts';
import type { Gate } from '../../core/gate/gate.ts';
import { gatedEpic } from '../../core/gate/gated-work.ts';
import type { EpicId, GateId } from '../../core/ids.ts';
import { inOrder } from '../../core/task/in-order.ts';
import type { Task } from '../../core/task/task.ts';
import { newEpicForm } from '../acts/new-work.ts';
import { reasonForm } from '../acts/reason-form.ts';
import { gatesForMember } from '../model/gate-slots.ts';
import type { Screen, View } from '../model/screen.ts';
import type { Line } from '../text/line.ts';
import { columns, piece } from '../text/line.ts';
import { bar, markOf, stateWord } from '../text/marks.ts';
import { fact, heading } from '../text/prose.ts';
import { ago, clockTime } from '../text/times.ts';

const isOver = ({ state }: Epic): boolean => state === 'completed' || state === 'cancelled';

export const homeScreen: Screen = {
  id: 'home',
  title: 'Home',
  count: ({ state, self }) => gatesForMember(state, self).length || null,
  rows: (view) => [
    ...gatesForMember(view.state, view.self).map((gate) => ({
      id: gate.id,
      text: gate.name,
      line: gateRow(gate, view),
    })),
    ...epicsOf(view).map((epic) => ({ id: epic.id, text: epic.title, line: epicRow(epic, view) })),
  ],
  empty: ['The company has nothing to do yet.', 'n routes the first epic through a workflow.'],
  detail: (view, id, width) => {
    const gate = view.state.gates.get(id as GateId);
    const epic = gate ? gatedEpic(view.state, gate) : view.state.epics.get(id as EpicId);
    return [...(epic ? [...pipeline(epic, view, width), []] : []), ...activity(view)];
  },
  want: () => [{ kind: 'activity' }],
  hints: (view, id) => [
    { key: 'n', does: 'new epic' },
    ...(id !== null && view.state.gates.get(id as GateId) ? [{ key: 'enter', does: 'look and sign' }] : []),
    ...(mayCancel(view, id) ? [{ key: 'x', does: 'cancel epic' }] : []),
    { key: 'a', does: view.showsAll ? 'only current' : 'also ended' },
  ],
  press: (view, id, key) => {
    if (key === 'n') return newEpicForm(view.state);
    if (key === 'a') return { kind: 'show-all' };
    if (key === 'enter' && id !== null && view.state.gates.get(id as GateId)) {
      return { kind: 'go', screen: 'gates', id };
    }
    const epic = view.state.epics.get(id as EpicId);
    if (key !== 'x' || !epic) return null;
    if (isOver(epic))
      return { kind: 'notice', text: `“${epic.title}” is ${epic.state}: nothing is left to cancel` };
    return reasonForm({
      title: 'Cancel this epic',
      about: [[piece('strong', epic.title)], [piece('over', 'All of its tasks and gates end with it.')]],
      verb: 'cancel it',
      done: `“${epic.title}” is cancelled`,
      command: (reason) => ({ type: 'epic.cancel', epicId: epic.id, reason }),
    });
  },
};

function mayCancel({ state }: View, id: string | null): boolean {
  const epic = state.epics.get(id as EpicId);
  return epic !== undefined && !isOver(epic);
}

/** Also the newest that is over, so that its end is seen. */
function epicsOf({ state, showsAll }: View): Epic[] {
  const all = [...state.epics.values()].sort((a, b) => b.createdAt - a.createdAt);
  const newest = all[0];
  return all.filter((epic) => showsAll || epic === newest || !isOver(epic));
}

const gateRow =
  (gate: Gate, { state, now }: View) =>
  (width: number): Line =>
    columns(
      [
        piece('yours', '◆'),
        piece('yours', 'needs you'),
        piece('strong', gate.name),
        piece('over', gatedEpic(state, gate)?.title ?? 'an approval'),
        piece('over', ago(gate.waitingSince, now)),
      ],
      [1, 11, Math.min(24, Math.floor(width / 3)), 0, 6],
      width,
    );

const epicRow =
  (epic: Epic, { state, now }: View) =>
  (width: number): Line => {
    const { progress, done, total } = progressOf(state, epic.id);
    // What it is comes before how it is routed, which stands above its steps too.
    const workflowWidth = width < 70 ? 0 : width < 90 ? 8 : 16;
    return columns(
      [
        markOf(epic.state),
        stateWord(epic.state),
        piece(isOver(epic) ? 'over' : 'strong', epic.title),
        ...(workflowWidth > 0 ? [piece('over', epic.workflow.name)] : []),
        bar(progress, 10),
        piece('over', `${done}/${total}`),
        piece('over', ago(epic.endedAt ?? epic.createdAt, now)),
      ],
      [1, 11, 0, ...(workflowWidth > 0 ? [workflowWidth] : []), 10, 5, 6],
      width,
    );
  };

/** The steps of an epic in their order, each with its gates below. */
function pipeline(epic: Epic, { state, now }: View, width: number): Line[] {
  const steps = [...state.index.tasksByEpic.get(epic.id)].filter(({ kind }) => kind === 'step').sort(inOrder);
  steps.sort((a, b) => a.order - b.order);
  const waits = epicWaits(state, epic, now);
  return [
    [piece('strong', epic.title), piece('over', `  ${epic.workflow.name} · ${epic.id}`)],
    ...(waits ? fact('waits', waits, width, 'waiting') : []),
    ...steps.flatMap((task) => [
      stepLine(task, state, width),
      ...[...task.gatesBefore, ...task.gatesAfter].flatMap((id) => {
        const gate = state.gates.get(id);
        return gate && gate.state !== 'pending' ? [gateLine(gate, state)] : [];
      }),
    ]),
  ];
}

function stepLine(task: Task, state: View['state'], width: number): Line {
  const who = task.lease?.memberId ?? task.assigneeId;
  const name = who === null ? null : (state.members.get(who)?.name ?? null);
  return columns(
    [
      markOf(task.state),
      task.title,
      stateWord(task.state),
      piece(name ? 'plain' : 'over', name ?? task.roleId ?? ''),
    ],
    [1, 0, 13, Math.min(18, Math.floor(width / 4))],
    width,
  );
}

function gateLine(gate: Gate, state: View['state']): Line {
  const slots = askedSlots(state, gate).map(({ roleId, signOff, review }) => {
    if (signOff) return piece('good', ` ✓${roleId}`);
    return review?.lease ? piece('alive', ` ●${roleId}`) : piece('over', ` ○${roleId}`);
  });
  return ['  ', markOf(gate.state), ` ${gate.name} `, stateWord(gate.state), ...slots];
}

function activity({ state, fetched }: View): Line[] {
  // What is there from the start is no news.
  const entries = (fetched.activity ?? []).filter(({ at }) => at !== state.company?.createdAt);
  if (entries.length === 0) return [];
  return [
    heading('lately'),
    ...entries.map(
      ({ at, who, what }): Line => [piece('over', `${clockTime(at)} `), piece('alive', who), ` ${what}`],
    ),
  ];
}
