/** Leads each query to what answers it. */
import type { QueryAnswers, QueryInput, QueryName, QueryParams } from '../../contract/queries.ts';
import { querySchemas } from '../../contract/queries.ts';
import { CoordError } from '../../core/error.ts';
import { bestAgent } from '../../core/org/availability.ts';
import { dumpState } from '../../core/state.ts';
import { auditPage } from '../audit/audit-page.ts';
import { checkInput } from '../bad-input.ts';
import { approval } from './approval.ts';
import { artifact } from './artifact.ts';
import { conflictsByTime } from './conflicts.ts';
import { diff } from './diff.ts';
import { epicById, epicViews } from './epics.ts';
import { gateById, gateList } from './gates.ts';
import { answerHosts } from './hosts.ts';
import { hungSuspects } from './hung.ts';
import { inbox } from './inbox.ts';
import { lockFree, locksInForce } from './locks.ts';
import { memberViews, whyHeld } from './members.ts';
import type { Answer, QueryScope } from './query-scope.ts';
import { fromState } from './query-scope.ts';
import { satisfiabilityOf } from './satisfiability.ts';
import { scalingViews } from './scalings.ts';
import { searchBoard } from './search-board.ts';
import { statusOf } from './status.ts';
import { taskBriefOf } from './task-brief.ts';
import { matchingTasks, taskById, taskList } from './tasks.ts';
import { thread, threads } from './threads.ts';
import { usageOf } from './usage.ts';
import { work } from './work.ts';
import { workerFacts } from './worker-facts.ts';
import { workerLog } from './worker-log.ts';
import { workerTail } from './worker-tail.ts';
import { workersByStart } from './workers.ts';

const answers: { readonly [Name in QueryName]: Answer<Name> } = {
  snapshot: fromState(dumpState),
  status: fromState((state, _, now) => statusOf(state, now)),
  tasks: fromState(taskList),
  taskCount: fromState((state, filter) => matchingTasks(state, filter).length),
  task: fromState(taskById),
  taskBrief: ({ company, memberId }, { taskId, at }) =>
    company.coordinator.readAt(at, (state) => taskBriefOf(state, taskId, memberId, company.workspacePlace)),
  epics: fromState(epicViews),
  epic: fromState(epicById),
  gates: fromState(gateList),
  gate: fromState(gateById),
  approval,
  threads,
  thread,
  inbox,
  searchBoard,
  members: fromState((state, _, now) => memberViews(state, now)),
  bestAgent: fromState(bestAgent),
  why: fromState(whyHeld),
  workers: fromState(workersByStart),
  workerFacts,
  scalings: fromState(scalingViews),
  workerTail,
  hung: fromState(hungSuspects),
  usage: fromState(usageOf),
  satisfiability: fromState(satisfiabilityOf),
  events: ({ company }, { after, limit }) => company.coordinator.readEvents(after, limit),
  artifact,
  workerLog,
  work,
  locks: fromState(locksInForce),
  lockFree,
  audit: ({ company, ended }, params) => auditPage(company.coordinator, params, ended),
  diff,
  hosts: answerHosts,
  conflicts: fromState(conflictsByTime),
  verify: ({ company, ended }) => company.verify(ended),
};

/** @throws CoordError `BAD_INPUT`, or what the query itself refuses */
export function answerQuery<Name extends QueryName>(
  scope: QueryScope,
  name: Name,
  input: QueryInput<Name>,
): Promise<QueryAnswers[Name]> {
  if (!Object.hasOwn(querySchemas, name)) {
    const known = Object.keys(querySchemas).join(', ');
    throw new CoordError('BAD_INPUT', `There is no query “${name}”. There are: ${known}`, { name });
  }
  const params = checkInput(`The query ${name}`, querySchemas[name], input) as QueryParams<Name>;
  return answers[name](scope, params);
}
