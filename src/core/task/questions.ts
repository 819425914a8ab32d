/** Decides what is asked about a task, and what the answer leads to: the task waits meanwhile and holds nobody. */
import { actingMember } from '../acting-member.ts';
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import type { CompanyEvent } from '../event.ts';
import { requireMember } from '../org/membership.ts';
import type { Member } from '../org/org.ts';
import { requireCompany } from '../org/require-company.ts';
import { requireTask } from '../require-row.ts';
import type { CompanyState } from '../state.ts';
import { requireLease } from './lease.ts';
import { newSingle } from './new-single.ts';
import type { QuestionAnswer, Task, TaskQuestion } from './task.ts';
import type { TaskEvent } from './task-events.ts';

/** More about one task, and it is not a question any more. */
const mostQuestions = 20;
const titleLength = 100;

/** The question that the task waits with; null: none. */
export function openQuestion({ questions, state }: Pick<Task, 'questions' | 'state'>): TaskQuestion | null {
  const last = questions.at(-1);
  return state === 'blocked' && last?.answer === null ? last : null;
}

/**
 * The lease ends with it. A person answers in their own time; an agent gets a task of its own for it.
 * @throws CoordError `LEASE_LOST`, `NOT_FOUND`; `BAD_INPUT` - asked of oneself; `WRONG_STATE` - it is itself the answer to one,
 *   so only people may be asked, or so much was asked already
 */
export function decideAsk(
  state: CompanyState,
  { to, question: text, ...held }: CommandOf<'task.ask'>,
  context: Context,
): TaskEvent[] {
  const { task, member } = requireLease(state, held, context);
  const asked = requireMember(state, to);
  refuseAsking(task, member, asked);
  const question = { to, text, taskId: null };
  if (asked.kind === 'human') return [{ type: 'task.asked', taskId: task.id, question }];
  const answering = newSingle(context.newId('task'), requireCompany(state).policy.maxAttempts, {
    title: `Answer ${member.name}: ${text.replace(/\s+/g, ' ').trim().slice(0, titleLength)}`,
    description: `${member.name} asks about "${task.title}":\n\n${text}\n\nWhat you hand in is the answer.`,
    priority: task.priority,
    assigneeId: asked.id,
  });
  return [
    { type: 'task.created', task: answering, isReady: true, home: context.host },
    { type: 'task.asked', taskId: task.id, question: { ...question, taskId: answering.id } },
  ];
}

function refuseAsking(task: Task, member: Member, asked: Member): void {
  const about = { taskId: task.id, to: asked.id };
  if (asked.id === member.id) {
    throw new CoordError(
      'BAD_INPUT',
      `${member.name} can’t ask ${member.name}: name a colleague, or the owner`,
      about,
    );
  }
  if (task.answers !== null && asked.kind === 'agent') {
    throw new CoordError(
      'WRONG_STATE',
      `"${task.title}" is itself the answer to a question: only a person may be asked about it, or agents could ask each other for ever`,
      about,
    );
  }
  if (task.questions.length < mostQuestions) return;
  throw new CoordError(
    'WRONG_STATE',
    `Nothing more may be asked about "${task.title}": ${mostQuestions} questions were. Go on with what is known, or let it fail`,
    about,
  );
}

/** @throws CoordError `WRONG_STATE` - nothing is asked, or something else by now */
export function decideAnswerQuestion(
  state: CompanyState,
  { taskId, number, text }: CommandOf<'task.answer_question'>,
  context: Context,
): TaskEvent[] {
  const member = actingMember(state, context);
  const task = requireTask(state, taskId);
  const open = openQuestion(task);
  if (!open || (number !== null && number !== open.number)) {
    const why = open ? `question ${open.number} is the one that waits` : 'it waits for no answer';
    throw new CoordError('WRONG_STATE', `"${task.title}" got no answer: ${why}`, { taskId });
  }
  const answer = { by: member.id, text, artifacts: [] };
  const answered: TaskEvent = { type: 'task.answered', taskId, number: open.number, answer };
  const work = open.taskId && state.tasks.get(open.taskId);
  // Whoever else was to find the answer need not any more.
  const isOpen = work && ['blocked', 'ready', 'leased'].includes(work.state);
  return isOpen
    ? [answered, { type: 'task.cancelled', taskId: work.id, reason: 'it was answered' }]
    : [answered];
}

/** What a task that was made to answer a question ended with. */
export function answerBy(state: CompanyState, work: Task): CompanyEvent[] {
  const asking = work.answers === null ? undefined : state.tasks.get(work.answers);
  const open = asking && openQuestion(asking);
  if (!asking || open?.taskId !== work.id) return [];
  return [{ type: 'task.answered', taskId: asking.id, number: open.number, answer: foundBy(work, open) }];
}

function foundBy(
  { state, submission, failedBecause }: Task,
  { to }: TaskQuestion,
): Omit<QuestionAnswer, 'at'> {
  if (state === 'done' && submission) {
    return { by: submission.memberId, text: '', artifacts: submission.artifacts };
  }
  const why = failedBecause ?? 'the task for it was cancelled';
  return { by: to, text: `There is no answer: ${why}`, artifacts: [] };
}

/** Whoever waits for an answer, or for its parts, is held back by nothing else. */
export function isParked(task: Pick<Task, 'questions' | 'state' | 'awaitsParts'>): boolean {
  return task.awaitsParts || openQuestion(task) !== null;
}
