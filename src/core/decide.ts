/** Decides what a command does: the events that say so, or a refusal. Nothing is changed yet. */
import { decideCancelApproval, decideRequestApproval } from './approval/decide-approval.ts';
import { decideLogDecision, decideOpenSession } from './audit/decide-audit.ts';
import { decideBoard } from './board/decide-board.ts';
import {
  decideAwaitBudget,
  decideReserveUsage,
  decideSetBudget,
  decideSettleUsage,
} from './budget/decide-budget.ts';
import type { Command, CommandOf } from './command.ts';
import {
  decideDropConflict,
  decideReapplyConflict,
  decideRecordConflict,
} from './conflict/decide-conflict.ts';
import type { Context } from './context.ts';
import { decideCancelEpic } from './epic/cancel.ts';
import { decideCreateEpic } from './epic/create.ts';
import { decideReviseEpic } from './epic/revise.ts';
import type { CompanyEvent } from './event.ts';
import { decideArbitrateGate } from './gate/arbitrate.ts';
import { decideDelegateGate } from './gate/delegate.ts';
import { decideSetGateAside, decideTakeGateUp } from './gate/set-aside.ts';
import { decideSignGate } from './gate/sign.ts';
import {
  decideJoinHost,
  decideLeaveHost,
  decideLoseHost,
  decideReportBack,
  decideReportCutOff,
} from './host/decide-host.ts';
import { decideAcquireLock } from './lock/acquire.ts';
import { decideEndSession, decideForceReleaseLock, decideReleaseLock } from './lock/free.ts';
import { decideRenewLock } from './lock/hold.ts';
import { decideOrg } from './org/decide-org.ts';
import { decideApplyScaling, decideRemoveScaling, decideSetScaling } from './scaling/decide-scaling.ts';
import type { CompanyState } from './state.ts';
import {
  decideAssign,
  decideCancel,
  decideForceRelease,
  decidePrioritize,
  decideReassign,
} from './task/assign.ts';
import { decideClaim } from './task/claim.ts';
import { decideAnswer, decideComplete } from './task/complete.ts';
import { decideCreateTask } from './task/create.ts';
import { decideRenew } from './task/lease.ts';
import { decideMerge, decideReportConflict } from './task/merge.ts';
import { decideAwaitParts, decideDivide, decideReturnPart } from './task/parts.ts';
import { decideAnswerQuestion, decideAsk } from './task/questions.ts';
import { decideFail, decideRelease, decideRetry } from './task/retry.ts';
import { decideTick } from './tick.ts';
import {
  decideBeat,
  decideDrain,
  decideEndWorker,
  decidePauseWorker,
  decideReportReady,
  decideResumeWorker,
  decideStartWorker,
} from './worker/decide-worker.ts';
import { decideRequestWorkers } from './worker/request-workers.ts';
import { decideWorkflow } from './workflow/decide-workflow.ts';

/** Several edits in one are decided one after the other, each on what the one before it left: see `transact`. */
export type SingleCommand = Exclude<Command, CommandOf<'org.change'>>;

/** @throws CoordError why it is refused; whether the actor may ask at all, `authorize` has said before */
export function decide(state: CompanyState, command: SingleCommand, context: Context): CompanyEvent[] {
  switch (command.type) {
    case 'company.create':
    case 'company.configure':
    case 'company.merge_template':
    case 'company.pause':
    case 'company.stop':
    case 'company.resume':
    case 'role.define':
    case 'role.remove':
    case 'department.add':
    case 'department.change':
    case 'department.remove':
    case 'team.add':
    case 'team.change':
    case 'team.remove':
    case 'member.add':
    case 'member.change':
    case 'member.remove':
    case 'member.pause':
    case 'member.resume':
    case 'member.rest':
      return decideOrg(state, command, context);
    case 'workflow.define':
    case 'workflow.remove':
      return decideWorkflow(state, command);
    case 'epic.create':
      return decideCreateEpic(state, command, context);
    case 'epic.revise':
      return decideReviseEpic(state, command);
    case 'epic.cancel':
      return decideCancelEpic(state, command);
    case 'task.create':
      return decideCreateTask(state, command, context);
    case 'task.claim':
      return decideClaim(state, command, context);
    case 'task.renew':
      return decideRenew(state, command, context);
    case 'task.complete':
      return decideComplete(state, command, context);
    case 'task.answer':
      return decideAnswer(state, command, context);
    case 'task.fail':
      return decideFail(state, command, context);
    case 'task.release':
      return decideRelease(state, command, context);
    case 'task.force_release':
      return decideForceRelease(state, command);
    case 'task.reassign':
      return decideReassign(state, command);
    case 'task.retry':
      return decideRetry(state, command);
    case 'task.cancel':
      return decideCancel(state, command);
    case 'task.assign':
      return decideAssign(state, command);
    case 'task.prioritize':
      return decidePrioritize(state, command);
    case 'task.merge':
      return decideMerge(state, command, context);
    case 'task.report_conflict':
      return decideReportConflict(state, command, context);
    case 'task.ask':
      return decideAsk(state, command, context);
    case 'task.answer_question':
      return decideAnswerQuestion(state, command, context);
    case 'task.divide':
      return decideDivide(state, command, context);
    case 'task.await_parts':
      return decideAwaitParts(state, command, context);
    case 'task.return_part':
      return decideReturnPart(state, command, context);
    case 'gate.sign':
      return decideSignGate(state, command, context);
    case 'gate.delegate':
      return decideDelegateGate(state, command, context);
    case 'gate.set_aside':
      return decideSetGateAside(state, command, context);
    case 'gate.take_up':
      return decideTakeGateUp(state, command, context);
    case 'gate.arbitrate':
      return decideArbitrateGate(state, command, context);
    case 'approval.request':
      return decideRequestApproval(state, command, context);
    case 'approval.cancel':
      return decideCancelApproval(state, command);
    case 'thread.start':
    case 'message.post':
    case 'message.send':
    case 'channel.post':
    case 'thread.wait':
    case 'thread.resolve':
    case 'thread.reopen':
    case 'thread.prioritize':
    case 'board.mark_read':
      return decideBoard(state, command, context);
    case 'budget.set':
      return decideSetBudget(state, command);
    case 'usage.reserve':
      return decideReserveUsage(state, command, context);
    case 'usage.settle':
      return decideSettleUsage(state, command, context);
    case 'task.await_budget':
      return decideAwaitBudget(state, command, context);
    case 'worker.start':
      return decideStartWorker(state, command, context);
    case 'worker.report_ready':
      return decideReportReady(state, command);
    case 'worker.beat':
      return decideBeat(state, command, context);
    case 'worker.drain':
      return decideDrain(state, command);
    case 'worker.pause':
      return decidePauseWorker(state, command);
    case 'worker.resume':
      return decideResumeWorker(state, command);
    case 'worker.end':
      return decideEndWorker(state, command);
    case 'worker.request':
      return decideRequestWorkers(state, command, context);
    case 'scaling.set':
      return decideSetScaling(state, command);
    case 'scaling.remove':
      return decideRemoveScaling(state, command);
    case 'scaling.apply':
      return decideApplyScaling(state, context);
    case 'lock.acquire':
      return decideAcquireLock(state, command, context);
    case 'lock.renew':
      return decideRenewLock(state, command, context);
    case 'lock.release':
      return decideReleaseLock(state, command, context);
    case 'lock.force_release':
      return decideForceReleaseLock(state, command);
    case 'session.end':
      return decideEndSession(state, command);
    case 'decision.log':
      return decideLogDecision(command);
    case 'session.open':
      return decideOpenSession(state, command, context);
    case 'host.join':
      return decideJoinHost(state, command, context);
    case 'host.leave':
      return decideLeaveHost(state, context);
    case 'host.lose':
      return decideLoseHost(state, command, context);
    case 'host.report_cut_off':
      return decideReportCutOff(state, context);
    case 'host.report_back':
      return decideReportBack(state, context);
    case 'conflict.record':
      return decideRecordConflict(command, context);
    case 'conflict.reapply':
      return decideReapplyConflict(state, command, context);
    case 'conflict.drop':
      return decideDropConflict(state, command, context);
    case 'tick':
      return decideTick(state, context);
  }
}
