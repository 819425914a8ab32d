/** What reached a member and waits for them: messages, and what only they can approve. */
import type { InboxItem, InboxView } from '../../contract/queries.ts';
import type { BudgetView } from '../../contract/usage.ts';
import { readUpTo } from '../../core/board/board.ts';
import { CoordError } from '../../core/error.ts';
import { needsMember } from '../../core/gate/asked-slots.ts';
import type { Gate } from '../../core/gate/gate.ts';
import type { Capability, MemberId, ThreadId } from '../../core/ids.ts';
import { holdsCapability, isOwner, requireMember } from '../../core/org/membership.ts';
import type { Member } from '../../core/org/org.ts';
import type { CompanyState } from '../../core/state.ts';
import { openQuestion } from '../../core/task/questions.ts';
import { boardAt } from './board-moment.ts';
import { gateView } from './gates.ts';
import type { Answer } from './query-scope.ts';
import { threadView } from './threads.ts';
import { budgetsOf } from './usage.ts';

const setsBudgets = 'approve_budget' as Capability;
const arbitrates = 'arbitrate_conflicts' as Capability;

/**
 * Of the past it shows what was unread then; a page may then hold fewer than were asked for.
 * @throws CoordError `NOT_FOUND`; `FORBIDDEN` - the inbox of another, for anybody but the owner
 */
export const inbox: Answer<'inbox'> = async (
  { company, memberId: asking },
  { memberId: wanted, onlyUnread, before, limit, at },
): Promise<InboxView> => {
  const memberId = wanted ?? asking;
  const page = await boardAt(company.coordinator, at, before);
  const { found, unread } = await company.board.ask((store) => ({
    found: store.inbox(memberId, {
      ...page,
      onlyUnread: onlyUnread && at === null,
      limit: limit + 1,
    }),
    unread: at === null ? store.unread(memberId) : null,
  }));
  return await company.coordinator.readAt(at, (state) => {
    if (at !== null) refuseBefore(state, memberId);
    requireReader(state, asking, memberId);
    const items = found.slice(0, limit).flatMap((message): InboxItem[] => {
      const thread = state.threads.get(message.threadId);
      if (!thread) return [];
      const read = at === null ? message.read : readUpTo(thread, memberId) >= message.seq;
      return [{ message: { ...message, read }, thread: threadView(state, thread, unread) }];
    });
    return {
      messages: onlyUnread ? items.filter(({ message }) => !message.read) : items,
      more: found.length > limit,
      unread: unread && unreadIn(state, unread),
      approvals: approvalsFor(state, requireMember(state, memberId)).map((gate) => gateView(state, gate)),
      questions: questionsFor(state, memberId),
      budgets: budgetsFor(state, requireMember(state, memberId)),
    };
  });
};

function questionsFor(state: CompanyState, memberId: MemberId): InboxView['questions'] {
  return [...state.index.tasksByState.get('blocked')]
    .flatMap((task) => {
      const question = openQuestion(task);
      return question?.to === memberId && question.taskId === null ? [{ task, question }] : [];
    })
    .sort((a, b) => a.question.at - b.question.at || (a.task.id < b.task.id ? -1 : 1));
}

/** Budgets that soon stop work: the member's own, and for whoever may set them all. */
function budgetsFor(state: CompanyState, member: Member): BudgetView[] {
  const sets = holdsCapability(state, member, setsBudgets);
  return budgetsOf(state).filter((budget) => budget.state !== 'ok' && (sets || budget.id === member.id));
}

/** What can still be read: messages of threads that left the state can't. */
function unreadIn(state: CompanyState, unread: ReadonlyMap<ThreadId, number>): number {
  return [...unread].reduce((sum, [id, count]) => sum + (state.threads.get(id) ? count : 0), 0);
}

/** @throws CoordError `NOT_FOUND` - the member was not in the company at that moment */
function refuseBefore(state: CompanyState, memberId: MemberId): void {
  if (state.members.get(memberId)) return;
  throw new CoordError(
    'NOT_FOUND',
    `There was no inbox of ${memberId} after event ${state.seq}: the member was not in the company at that moment. ` +
      'Ask about another one; `audit --object` says when they joined and left',
    { memberId, seq: state.seq },
  );
}

function requireReader(state: CompanyState, asking: MemberId, memberId: MemberId): void {
  const { name } = requireMember(state, memberId);
  if (asking === memberId || isOwner(state, { id: asking })) return;
  throw new CoordError('FORBIDDEN', `The inbox of ${name} is theirs; only the owner may look into it`, {
    memberId,
  });
}

/** Gates and approvals that wait for this person and for no agent's review, the oldest first. Agents have their reviews. */
function approvalsFor(state: CompanyState, member: Member): Gate[] {
  if (member.kind === 'agent') return [];
  const { gatesByState } = state.index;
  const rules = holdsCapability(state, member, arbitrates);
  return [
    ...[...gatesByState.get('waiting')].filter((gate) => needsMember(state, gate, member.id)),
    ...[...gatesByState.get('vetoed')].filter(() => rules),
  ].sort((a, b) => (a.waitingSince ?? 0) - (b.waitingSince ?? 0) || (a.id < b.id ? -1 : 1));
}
