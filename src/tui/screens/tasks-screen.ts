/** The tasks: what is worked on first, then what waits and because of what. */
import type { TaskId } from '../../core/ids.ts';
import type { Task, TaskState } from '../../core/task/task.ts';
import { waitingBecause } from '../../core/task/waiting-because.ts';
import { priorities } from '../../core/workflow/workflow.ts';
import { newTaskForm } from '../acts/new-work.ts';
import { reasonForm } from '../acts/reason-form.ts';
import type { Screen, View } from '../model/screen.ts';
import type { Line } from '../text/line.ts';
import { columns, piece } from '../text/line.ts';
import { markOf, stateWord, urgency } from '../text/marks.ts';
import { fact, heading, prose } from '../text/prose.ts';
import { ago, timeAgo } from '../text/times.ts';

const current: readonly TaskState[] = ['leased', 'awaiting_gate', 'failed', 'ready', 'blocked'];
const ended: readonly TaskState[] = ['done', 'cancelled'];

export const tasksScreen: Screen = {
  id: 'tasks',
  title: 'Tasks',
  count: ({ state }) => current.reduce((sum, one) => sum + state.index.tasksByState.get(one).size, 0),
  rows: (view) => tasksOf(view).map((task) => ({ id: task.id, text: task.title, line: rowOf(task, view) })),
  empty: ['Nothing is to be done.', 'e routes an epic through a workflow, n creates a single task.'],
  detail: (view, id, width) => {
    const task = view.state.tasks.get(id as TaskId);
    return task ? detailOf(task, view, width) : [];
  },
  want: () => [],
  hints: (view, id) => {
    const task = view.state.tasks.get(id as TaskId);
    return [
      { key: 'n', does: 'new task' },
      ...(task?.state === 'failed' ? [{ key: 'r', does: 'retry' }] : []),
      ...(task?.state === 'leased' ? [{ key: 't', does: 'take back' }] : []),
      ...(task && !ended.includes(task.state) ? [{ key: 'x', does: 'cancel' }] : []),
      { key: 'a', does: view.showsAll ? 'only current' : 'also ended' },
    ];
  },
  press: (view, id, key) => {
    if (key === 'n') return newTaskForm(view.state);
    if (key === 'a') return { kind: 'show-all' };
    const task = view.state.tasks.get(id as TaskId);
    if (!task) return null;
    const about: Line[] = [[piece('strong', task.title)]];
    if (key === 'r' && task.state === 'failed') {
      return {
        kind: 'command',
        command: { type: 'task.retry', taskId: task.id },
        done: `“${task.title}” is tried again`,
      };
    }
    if (key === 't' && task.state === 'leased') {
      return reasonForm({
        title: 'Take this task back',
        about: [...about, [piece('over', 'Whoever works on it stops, and somebody else may take it.')]],
        verb: 'take it back',
        done: `“${task.title}” is taken back`,
        command: (reason) => ({ type: 'task.force_release', taskId: task.id, reason }),
      });
    }
    if (key === 'x' && !ended.includes(task.state)) {
      return reasonForm({
        title: 'Cancel this task',
        about,
        verb: 'cancel it',
        done: `“${task.title}” is cancelled`,
        command: (reason) => ({ type: 'task.cancel', taskId: task.id, reason }),
      });
    }
    return null;
  },
};

function tasksOf({ state, showsAll }: View): Task[] {
  const shown = showsAll ? [...current, ...ended] : current;
  return shown.flatMap((one) =>
    [...state.index.tasksByState.get(one)].sort((a, b) =>
      ended.includes(one)
        ? b.order - a.order
        : priorities.indexOf(b.priority) - priorities.indexOf(a.priority) || a.order - b.order,
    ),
  );
}

const rowOf =
  (task: Task, { state, now }: View) =>
  (width: number): Line => {
    const who = task.lease ? state.members.get(task.lease.memberId)?.name : task.roleId;
    const since = task.state === 'leased' ? (task.attempts.at(-1)?.startedAt ?? null) : task.readyAt;
    return columns(
      [
        markOf(task.state),
        stateWord(task.state),
        urgency(task.priority),
        task.kind === 'review' ? piece('over', task.title) : task.title,
        piece(task.lease ? 'alive' : 'over', who ?? 'anybody'),
        piece('over', ago(since, now)),
      ],
      [1, 13, 1, 0, width < 90 ? 12 : 16, 6],
      width,
    );
  };

function detailOf(task: Task, { state, now }: View, width: number): Line[] {
  const epic = task.epicId === null ? null : state.epics.get(task.epicId);
  const name = (id: Task['assigneeId']) => (id && state.members.get(id)?.name) ?? 'somebody who has left';
  const because = waitingBecause(state, task, now);
  const artifacts = task.submission?.artifacts ?? [];
  return [
    [piece('strong', task.title)],
    [
      markOf(task.state),
      ' ',
      stateWord(task.state),
      piece('over', `  ${task.kind} · ${task.priority} · ${task.id}`),
    ],
    ...(epic ? fact('epic', epic.title, width) : []),
    ...fact('for', task.roleId ?? 'anybody', width),
    ...(task.lease ? fact('held by', name(task.lease.memberId), width, 'alive') : []),
    ...(because ? fact('because', because, width, 'waiting') : []),
    ...(task.failedBecause ? fact('failed', task.failedBecause, width, 'failed') : []),
    ...(task.description ? [[], ...prose(task.description, width)] : []),
    ...(task.notes.length > 0 ? [[], heading('sent back')] : []),
    ...task.notes.flatMap(({ gateName, by, note }) => [
      ...fact(gateName.slice(0, 9), `${by ? name(by) : 'the clock'}: ${note}`, width, 'waiting'),
    ]),
    ...(artifacts.length > 0 ? [[], heading('handed in')] : []),
    ...artifacts.map(
      ({ path, bytes, hash }): Line => [`${path} `, piece('over', `${bytes} B · ${hash.slice(0, 12)}…`)],
    ),
    ...(task.attempts.length > 0 ? [[], heading('attempts')] : []),
    ...task.attempts
      .toReversed()
      .map(
        ({ number, memberId, startedAt, outcome, reason }): Line => [
          piece('over', `${number}. `),
          name(memberId),
          piece('over', ` ${timeAgo(startedAt, now)} `),
          piece(
            outcome === 'submitted' ? 'good' : outcome === null ? 'alive' : 'waiting',
            outcome ?? 'works on it',
          ),
          piece('over', reason ? ` ${reason}` : ''),
        ],
      ),
  ];
}
