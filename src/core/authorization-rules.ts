/** What each command asks of whoever gives it: one row for each, so that none is forgotten. */
import { isForMember } from './board/board.ts';
import type { Command, CommandOf, CommandType } from './command.ts';
import type { Capability } from './ids.ts';
import { holdsCapability, isOwner } from './org/membership.ts';
import type { Member } from './org/org.ts';
import type { OrgChange } from './org/own-department.ts';
import { inOwnDepartment } from './org/own-department.ts';
import type { CompanyState } from './state.ts';
import { openQuestion } from './task/questions.ts';

export type Grant =
  /** A member with at least one of these capabilities. */
  | { readonly anyOf: readonly Capability[] }
  /** Every member: what else is needed, such as a lease or a role, the decision checks. */
  | 'every-member'
  /** No member, with the reason and what to do. */
  | { readonly refused: string };

/** A member who asks for a command. */
export interface Asked<Asks extends Command> {
  readonly state: CompanyState;
  readonly command: Asks;
  readonly member: Member;
}

interface Rule<Asks extends Command> {
  /** What the command does, after `may not`. */
  readonly doing: string;
  /** Whether the program that owns the data directory gives it, in nobody's name. */
  readonly byHost: boolean;
  /** No member gives it; left out: some may. */
  readonly byHostAlone?: true;
  readonly member: (asked: Asked<Asks>) => Grant;
}

type ThreadCommand = CommandOf<
  | 'message.post'
  | 'thread.wait'
  | 'thread.resolve'
  | 'thread.reopen'
  | 'thread.prioritize'
  | 'board.mark_read'
  | 'channel.post'
>;

const manages = anyOf('approve_budget');
const stops = anyOf('stop_company');
const staffs = anyOf('stop_company', 'assign_tasks');
const plans = anyOf('prioritize_roadmap', 'prioritize_epics', 'assign_tasks');
const dispatches = anyOf('assign_tasks', 'prioritize_roadmap', 'request_engineering');
const everyMember = (): Grant => 'every-member';

export const authorizationRules: { readonly [Type in CommandType]: Rule<CommandOf<Type>> } = {
  'company.create': hostOnly('create a company in this log', 'use `init`, or the app'),
  'company.configure': { doing: 'configure the company', byHost: false, member: () => manages },
  'company.merge_template': {
    doing: 'merge a version of a template',
    byHost: false,
    member: () => manages,
  },
  'company.pause': { doing: 'pause the company', byHost: false, member: () => stops },
  'company.stop': { doing: 'stop the company', byHost: false, member: () => stops },
  'company.resume': { doing: 'resume the company', byHost: false, member: () => stops },
  'role.define': { doing: 'define a role', byHost: false, member: () => manages },
  'role.remove': { doing: 'remove a role', byHost: false, member: () => manages },
  'department.add': { doing: 'add a department', byHost: false, member: () => manages },
  'department.change': { doing: 'change a department', byHost: false, member: () => manages },
  'department.remove': { doing: 'remove a department', byHost: false, member: () => manages },
  'team.add': { doing: 'add a team', byHost: false, member: ofDepartment },
  'team.change': { doing: 'change this team', byHost: false, member: ofDepartment },
  'team.remove': { doing: 'remove this team', byHost: false, member: ofDepartment },
  'member.add': { doing: 'add this member', byHost: false, member: ofDepartment },
  'member.change': { doing: 'change this member', byHost: false, member: ofDepartment },
  'member.remove': { doing: 'remove this member', byHost: false, member: ofDepartment },
  'member.pause': { doing: 'pause this agent', byHost: false, member: ofOwnPeople },
  'member.rest': { doing: 'rest', byHost: false, member: everyMember },
  'member.resume': { doing: 'resume this agent', byHost: false, member: ofOwnPeople },

  // Each of its edits asks for what it asks for alone.
  'org.change': { doing: 'change the organisation', byHost: false, member: everyMember },

  'workflow.define': { doing: 'define a workflow', byHost: false, member: standards },
  'workflow.remove': { doing: 'remove a workflow', byHost: false, member: standards },

  'epic.create': { doing: 'create this epic', byHost: false, member: ({ command }) => creates(command) },
  'epic.revise': { doing: 'revise this epic', byHost: false, member: ofEpic },
  'epic.cancel': { doing: 'cancel this epic', byHost: false, member: ofEpic },

  'task.create': { doing: 'create a task', byHost: false, member: () => dispatches },
  'task.assign': { doing: 'assign a task', byHost: false, member: () => dispatches },
  'task.prioritize': { doing: 'change the priority of a task', byHost: false, member: () => dispatches },
  'task.cancel': { doing: 'cancel a task', byHost: false, member: () => dispatches },
  'task.force_release': { doing: 'take back a task', byHost: false, member: () => dispatches },
  'task.reassign': { doing: 'reassign a task', byHost: false, member: () => dispatches },
  'task.retry': { doing: 'retry a task', byHost: false, member: () => dispatches },
  'task.claim': { doing: 'claim a task', byHost: false, member: everyMember },
  'task.renew': { doing: 'renew a lease', byHost: false, member: everyMember },
  'task.complete': { doing: 'complete a task', byHost: false, member: everyMember },
  'task.answer': { doing: 'answer a review task', byHost: false, member: everyMember },
  'task.fail': { doing: 'fail a task', byHost: false, member: everyMember },
  'task.release': { doing: 'release a task', byHost: false, member: everyMember },

  'task.merge': hostOnly('merge a task', 'it does as soon as its gates are open'),
  'task.report_conflict': hostOnly('report a conflict', 'it does when a change does not fit'),
  'task.ask': { doing: 'ask about a task', byHost: false, member: everyMember },
  'task.answer_question': { doing: 'answer this question', byHost: false, member: ofAsked },
  'task.divide': { doing: 'divide a task', byHost: false, member: everyMember },
  'task.await_parts': { doing: 'let a task wait for its parts', byHost: false, member: everyMember },
  'task.return_part': { doing: 'send a part back', byHost: false, member: everyMember },

  'gate.sign': { doing: 'sign a gate', byHost: false, member: ({ member }) => signs(member) },
  'gate.delegate': {
    doing: 'ask another to sign a gate',
    byHost: false,
    member: ({ member }) => signs(member),
  },
  'gate.set_aside': { doing: 'set a gate aside', byHost: false, member: ({ member }) => signs(member) },
  'gate.take_up': { doing: 'take a gate up again', byHost: false, member: ({ member }) => signs(member) },
  'gate.arbitrate': { doing: 'lift a veto', byHost: false, member: () => anyOf('arbitrate_conflicts') },

  'approval.request': {
    doing: 'ask for this approval',
    byHost: false,
    member: ({ command, member }) => asksFor(command, member),
  },
  'approval.cancel': { doing: 'take this approval back', byHost: false, member: ofRequester },

  'thread.start': { doing: 'start a thread', byHost: false, member: everyMember },
  'message.post': { doing: 'write in this thread', byHost: false, member: ofThread },
  'message.send': { doing: 'send a message', byHost: false, member: everyMember },
  'channel.post': { doing: 'write in this thread', byHost: false, member: ofThread },
  'thread.wait': { doing: 'let this thread wait', byHost: false, member: ofThreadAuthor },
  'thread.resolve': { doing: 'resolve this thread', byHost: false, member: ofThreadAuthor },
  'thread.reopen': { doing: 'reopen this thread', byHost: false, member: ofThread },
  'thread.prioritize': {
    doing: 'change the priority of this thread',
    byHost: false,
    member: ofThreadAuthor,
  },
  'board.mark_read': { doing: 'mark this thread as read', byHost: false, member: ofThread },

  'budget.set': { doing: 'set a budget', byHost: false, member: () => manages },
  'usage.reserve': { doing: 'spend anything', byHost: false, member: everyMember },
  'usage.settle': { doing: 'settle what was spent', byHost: false, member: everyMember },
  'task.await_budget': { doing: 'let a task wait for its budget', byHost: false, member: everyMember },

  'worker.start': hostOnly('start a worker', 'the host starts one when there is work for its agent'),
  'worker.request': { doing: 'ask for workers', byHost: false, member: () => staffs },
  'worker.report_ready': { doing: 'report this worker', byHost: false, member: ofOwnWorker },
  'worker.beat': { doing: 'beat for this worker', byHost: false, member: ofOwnWorker },
  'worker.drain': {
    doing: 'drain a worker',
    byHost: true,
    member: () => anyOf('stop_company', 'assign_tasks'),
  },
  'worker.pause': { doing: 'pause this worker', byHost: false, member: ofOwnPeoplesWorker },
  'worker.resume': { doing: 'resume this worker', byHost: false, member: ofOwnPeoplesWorker },
  'worker.end': { doing: 'end this worker', byHost: true, member: ofOwnPeoplesWorker },
  'lock.acquire': { doing: 'lock files', byHost: false, member: everyMember },
  'lock.renew': { doing: 'renew a file lock', byHost: false, member: everyMember },
  'lock.release': { doing: 'release a file lock', byHost: false, member: everyMember },
  'lock.force_release': {
    doing: 'take a file lock away',
    byHost: false,
    member: ({ member }) => takesLocks(member),
  },
  'session.end': hostOnly('end a session', 'close its connection'),
  'session.open': {
    doing: 'act for a member',
    byHost: false,
    member: ({ state, member }) =>
      isOwner(state, member) ? 'every-member' : { refused: 'only the owner’s programs may; act as yourself' },
  },
  'decision.log': { doing: 'log a decision', byHost: false, member: everyMember },
  'host.join': hostOnly('let a host join', 'each does by itself when it starts'),
  'host.leave': hostOnly('let a host leave', 'use `agentcoord move` on its machine'),
  'host.lose': hostOnly('give a host up', 'the others do when it was silent for `host_lost_after`'),
  'host.report_cut_off': hostOnly('report a host as cut off', 'it does so itself'),
  'host.report_back': hostOnly('report a host as back', 'it does so itself'),
  'conflict.record': hostOnly('record a conflict', 'the host that was cut off does'),
  'conflict.reapply': { doing: 'apply this again', byHost: false, member: resolves },
  'conflict.drop': { doing: 'drop this conflict', byHost: false, member: resolves },
  'scaling.set': { doing: 'set how many workers there are', byHost: false, member: () => manages },
  'scaling.remove': { doing: 'set how many workers there are', byHost: false, member: () => manages },
  'scaling.apply': hostOnly('change how many workers there are', 'set a rule, and the host follows it'),
  tick: hostOnly('let time pass', 'the host does that'),
};

function anyOf(...capabilities: string[]): { readonly anyOf: readonly Capability[] } {
  return { anyOf: capabilities as Capability[] };
}

function hostOnly(doing: string, instead: string): Rule<Command> {
  const member = () => ({ refused: `only the host may; ${instead}` });
  return { doing, byHost: true, byHostAlone: true, member };
}

/** Gates bind agents; an agent that could rewrite a workflow would be bound by nothing. */
function standards({ state, member }: Asked<CommandOf<'workflow.define' | 'workflow.remove'>>): Grant {
  const grant = anyOf('set_technical_standards', 'approve_roadmap');
  const isEntitled = grant.anyOf.some((capability) => holdsCapability(state, member, capability));
  if (member.kind === 'human' || !isEntitled) return grant;
  return { refused: 'its gates bind the agents, so a person must; propose the change on the board' };
}

/** Whoever may spend the budget, and whoever allocates the people of the one department that the change stays in. */
function ofDepartment({ state, command, member }: Asked<OrgChange>): Grant {
  const own = inOwnDepartment(state, command, member);
  return own ? { anyOf: [...manages.anyOf, own] } : manages;
}

function ofOwnPeople({ state, command, member }: Asked<CommandOf<'member.pause' | 'member.resume'>>): Grant {
  return restedBy(state, member, command.memberId);
}

/** A worker that isn't there is no secret: the decision says so. */
function ofOwnPeoplesWorker({
  state,
  command,
  member,
}: Asked<CommandOf<'worker.pause' | 'worker.resume' | 'worker.end'>>): Grant {
  const worker = state.workers.get(command.workerId);
  return worker ? restedBy(state, member, worker.memberId) : 'every-member';
}

/** Whoever may stop the company, and whoever assigns the work of the department that both belong to. */
function restedBy(state: CompanyState, member: Member, agentId: Member['id']): Grant {
  const departmentOf = (id: Member['id']) => {
    const teamId = state.members.get(id)?.teamId ?? null;
    return teamId === null ? null : (state.teams.get(teamId)?.departmentId ?? null);
  };
  const own = departmentOf(member.id);
  const isOwn = own !== null && own === departmentOf(agentId);
  return isOwn ? { anyOf: [...stops.anyOf, ...anyOf('assign_tasks').anyOf] } : stops;
}

/** Bugs are reported by many; an epic that can't finish is forced by those who settle conflicts alone. */
function creates({ workflow, force }: CommandOf<'epic.create'>): Grant {
  if (force) return anyOf('arbitrate_conflicts');
  return workflow === 'bug' ? { anyOf: [...plans.anyOf, ...anyOf('file_bugs').anyOf] } : plans;
}

/** Whoever is asked, and the people who direct the work. What waits for no answer, the decision says. */
function ofAsked({ state, command, member }: Asked<CommandOf<'task.answer_question'>>): Grant {
  const task = state.tasks.get(command.taskId);
  const asked = task && openQuestion(task);
  if (!asked || asked.to === member.id) return 'every-member';
  if (member.kind === 'human') return dispatches;
  return {
    refused: `${state.members.get(asked.to)?.name ?? asked.to} is asked; leave it to them, or to a person`,
  };
}

function ofEpic({ state, command, member }: Asked<CommandOf<'epic.revise' | 'epic.cancel'>>): Grant {
  const isCreator = state.epics.get(command.epicId)?.createdBy === member.id;
  return isCreator ? 'every-member' : anyOf('prioritize_roadmap', 'prioritize_epics');
}

function signs(member: Member): Grant {
  if (member.kind === 'human') return 'every-member';
  return { refused: 'an agent signs by answering the review task that is made for the slot; claim that' };
}

/** An agent that could approve what it asks for itself would need nobody. */
function asksFor({ selfApproval }: CommandOf<'approval.request'>, member: Member): Grant {
  if (member.kind === 'human' || selfApproval === 'forbidden') return 'every-member';
  return { refused: 'only a person may ask to sign it too; leave self-approval forbidden' };
}

/** Whoever asked, and those who settle conflicts. What isn't there or is no approval, the decision says. */
function ofRequester({ state, command, member }: Asked<CommandOf<'approval.cancel'>>): Grant {
  const request = state.gates.get(command.gateId)?.request;
  return !request || request.by === member.id ? 'every-member' : anyOf('arbitrate_conflicts');
}

function takesLocks(member: Member): Grant {
  if (member.kind === 'human') return anyOf('assign_tasks', 'arbitrate_conflicts');
  return { refused: 'an agent waits for a lock, or asks a person to take it away' };
}

/** What was done at a host that was cut off is somebody's work, a person's signature perhaps: only people judge it. */
function resolves({ member }: Asked<CommandOf<'conflict.reapply' | 'conflict.drop'>>): Grant {
  if (member.kind === 'human') return anyOf('arbitrate_conflicts');
  return { refused: 'a person must; ask the owner' };
}

/** Direct messages are for their two members; everybody takes part in the rest. A thread that isn't there, the decision tells. */
function ofThread({ state, command, member }: Asked<ThreadCommand>): Grant {
  const thread = command.threadId === null ? undefined : state.threads.get(command.threadId);
  if (!thread?.between || isForMember(thread, member.id)) return 'every-member';
  const names = thread.between.map((id) => state.members.get(id)?.name ?? id);
  return {
    refused: `it is between ${names.join(' and ')}; ask one of them, or start a thread for everybody`,
  };
}

/** Whoever started it, and those who direct the work; of direct messages either of the two. */
function ofThreadAuthor(asked: Asked<ThreadCommand>): Grant {
  const { state, command, member } = asked;
  const thread = command.threadId === null ? undefined : state.threads.get(command.threadId);
  if (!thread || thread.between || thread.createdBy === member.id) return ofThread(asked);
  return anyOf('assign_tasks', 'prioritize_roadmap', 'arbitrate_conflicts');
}

/** A worker that isn't there is no secret: the decision says so. */
function ofOwnWorker({
  state,
  command,
  member,
}: Asked<CommandOf<'worker.report_ready' | 'worker.beat'>>): Grant {
  const worker = state.workers.get(command.workerId);
  if (!worker || worker.memberId === member.id) return 'every-member';
  return { refused: "it acts for another agent; use that agent's own session" };
}
