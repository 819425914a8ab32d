/** The acts of the command palette about one thing, and which of them fit a thing as it is now. Pure. */

import type { MemberId } from '../../../core/ids.ts';
import type { CompanyState } from '../../../core/state.ts';
import { openQuestion } from '../../../core/task/questions.ts';
import type { Task } from '../../../core/task/task.ts';
import type { Priority } from '../../../core/workflow/workflow.ts';
import { priorities } from '../../../core/workflow/workflow.ts';
import { commandSubject, commandWords } from '../../company/describe-command.ts';
import type { IconName } from '../../design/icon.tsx';
import type { ThingAct } from '../../lib/acts.ts';
import type { Given } from './screen-acts.ts';

interface ThingActEntry {
  readonly icon: IconName;
  readonly keys?: string;
  readonly gives?: readonly Given[];
}

const moves: readonly Given[] = [
  ...(['task.claim', 'task.release', 'task.force_release', 'task.complete', 'putArtifact'] as const),
  ...(['task.assign', 'task.reassign', 'task.retry', 'task.prioritize'] as const),
];
const prioritizesTask: readonly Given[] = ['task.prioritize'];
const prioritizesThread: readonly Given[] = ['thread.prioritize'];

export const thingActs: Readonly<Record<ThingAct, ThingActEntry>> = {
  'gate.approve': { icon: 'check', keys: 'a', gives: ['gate.sign'] },
  'gate.request-changes': {
    icon: 'reply',
    keys: 'r',
    gives: ['gate.sign'],
  },
  'gate.veto': { icon: 'stop', gives: ['gate.sign'] },
  'gate.delegate': { icon: 'person', gives: ['gate.delegate'] },
  'gate.set-aside': { icon: 'clock', gives: ['gate.set_aside'] },
  'gate.take-up': { icon: 'gate', gives: ['gate.take_up'] },
  'gate.arbitrate': { icon: 'gate', gives: ['gate.arbitrate'] },
  'task.move': { icon: 'board', keys: 'm', gives: moves },
  'task.select': { icon: 'board', keys: 'x' },
  'task.urgent': { icon: 'up', gives: prioritizesTask },
  'task.high': { icon: 'up', gives: prioritizesTask },
  'task.normal': { icon: 'board', gives: prioritizesTask },
  'task.low': { icon: 'down', gives: prioritizesTask },
  'task.retry': { icon: 'retry', gives: ['task.retry'] },
  'task.cancel': { icon: 'cross', gives: ['task.cancel'] },
  'task.answer': { icon: 'reply', gives: ['task.answer_question'] },
  'worker.pause': { icon: 'clock', gives: ['worker.pause'] },
  'worker.resume': { icon: 'retry', gives: ['worker.resume'] },
  'worker.drain': { icon: 'stop', gives: ['worker.drain'] },
  'worker.end': { icon: 'stop', gives: ['worker.end'] },
  'worker.again': { icon: 'retry', gives: ['worker.request'] },
  'thread.reply': { icon: 'reply', gives: ['message.post'] },
  'thread.resolve': { icon: 'check', gives: ['thread.resolve'] },
  'thread.reopen': { icon: 'thread', gives: ['thread.reopen'] },
  'thread.wait': { icon: 'clock', gives: ['thread.wait'] },
  'thread.urgent': { icon: 'up', gives: prioritizesThread },
  'thread.high': { icon: 'up', gives: prioritizesThread },
  'thread.normal': { icon: 'thread', gives: prioritizesThread },
  'thread.low': { icon: 'down', gives: prioritizesThread },
  'conflict.reapply': { icon: 'retry', keys: 'a', gives: ['conflict.reapply'] },
  'conflict.drop': { icon: 'cross', keys: 'd', gives: ['conflict.drop'] },
  'workflow.remove': { icon: 'trash', gives: ['workflow.remove'] },
  'member.show': { icon: 'org' },
};

export interface Thing {
  readonly id: string;
  readonly title: string;
  /** The screen that has its acts. */
  readonly path: string;
  readonly acts: readonly ThingAct[];
}

export function* actableThings(state: CompanyState, self: MemberId | null): Generator<Thing> {
  for (const { id, name, setAside } of state.index.gatesByState.get('waiting')) {
    const isAside = setAside.some(({ memberId }) => memberId === self);
    const decide = ['gate.approve', 'gate.request-changes', 'gate.veto', 'gate.delegate'] as const;
    const acts = [...decide, isAside ? 'gate.take-up' : 'gate.set-aside'] as const;
    yield { id, title: name, path: `/gates/${id}`, acts };
  }
  for (const { id, name } of state.index.gatesByState.get('vetoed')) {
    yield { id, title: name, path: `/gates/${id}`, acts: ['gate.arbitrate'] };
  }
  for (const task of state.tasks.values()) {
    if (task.kind === 'review' || task.state === 'done' || task.state === 'cancelled') continue;
    const { id, title, epicId } = task;
    yield { id, title, path: `/board/${epicId ? `${epicId}/` : ''}${id}`, acts: taskActs(task) };
  }
  for (const { id, memberId, state: at, pause, endedAt } of state.workers.values()) {
    const title = state.members.get(memberId)?.name ?? id;
    const rest =
      at === 'ready' || at === 'starting' ? [restAct(pause !== null), 'worker.drain' as const] : [];
    yield {
      ...{ id, title, path: `/workers/${id}` },
      acts: endedAt === null ? [...rest, 'worker.end'] : ['worker.again'],
    };
  }
  for (const { id, title, between, state: at, priority } of state.threads.values()) {
    if (between !== null) continue;
    const standing = at === 'resolved' ? (['thread.reopen'] as const) : (['thread.resolve'] as const);
    const wait = at === 'active' ? (['thread.wait'] as const) : [];
    const others = priorities.filter((one) => one !== priority).map((one) => threadPriorities[one]);
    yield { id, title, path: `/threads/${id}`, acts: ['thread.reply', ...standing, ...wait, ...others] };
  }
  for (const { id, command, resolution } of state.conflicts.values()) {
    if (resolution !== null) continue;
    const title = commandSubject(state, command)?.title ?? commandWords(command);
    yield { id, title, path: `/conflicts/${id}`, acts: ['conflict.reapply', 'conflict.drop'] };
  }
  for (const { id } of state.workflows.values()) {
    yield { id, title: id, path: `/workflows/${id}`, acts: ['workflow.remove'] };
  }
  for (const { id, name } of state.members.values()) {
    yield { id, title: name, path: '/org', acts: ['member.show'] };
  }
}

const taskPriorities: Readonly<Record<Priority, ThingAct>> = {
  URGENT: 'task.urgent',
  HIGH: 'task.high',
  NORMAL: 'task.normal',
  LOW: 'task.low',
};

const threadPriorities: Readonly<Record<Priority, ThingAct>> = {
  URGENT: 'thread.urgent',
  HIGH: 'thread.high',
  NORMAL: 'thread.normal',
  LOW: 'thread.low',
};

const restAct = (rests: boolean): ThingAct => (rests ? 'worker.resume' : 'worker.pause');

function taskActs(task: Task): ThingAct[] {
  return [
    ...(['task.move', 'task.select', 'task.cancel'] as const),
    ...(task.state === 'failed' ? (['task.retry'] as const) : []),
    ...(openQuestion(task) ? (['task.answer'] as const) : []),
    ...priorities.filter((one) => one !== task.priority).map((one) => taskPriorities[one]),
  ];
}
