/** An event in one line, for people; null for those that only machines care about. */
import { whyLapses } from '../../core/conflict/lapse.ts';
import type { StoredEvent } from '../../core/event.ts';
import { gatedTask } from '../../core/gate/gated-work.ts';
import type { EpicId, GateId, MemberId, TaskId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import type { Status } from '../design/status-dot.tsx';
import { strings as words } from './event-strings.ts';
import { hostLabel } from './host-label.ts';

export interface EventLine {
  readonly status: Status;
  readonly text: string;
}

export function describeEvent(state: CompanyState, { event, actor, at }: StoredEvent): EventLine | null {
  const member = (id: MemberId | null) => (id && state.members.get(id)?.name) ?? words.someone;
  const epic = (id: EpicId) => state.epics.get(id)?.title ?? id;
  const task = (id: TaskId) => state.tasks.get(id)?.title ?? id;
  const gate = (id: GateId) => state.gates.get(id)?.name ?? id;
  switch (event.type) {
    case 'company.created':
      return line('done', words.companyCreated(event.company.name));
    case 'company.paused':
      return line('waiting', words.companyPaused(member(actor), event.reason));
    case 'company.stopped':
      return line('waiting', words.companyStopped(member(actor), event.reason));
    case 'company.resumed':
      return line('alive', words.companyResumed(member(actor)));
    case 'member.added':
      // Those who are there from the start are no news.
      if (at === state.company?.createdAt) return null;
      return line('idle', words.memberAdded(event.member.name));
    case 'epic.created':
      return line('alive', words.epicCreated(member(event.epic.createdBy), event.epic.title));
    case 'epic.completed':
      return line('done', words.epicCompleted(epic(event.epicId)));
    case 'epic.blocked':
      return line('failure', words.epicBlocked(epic(event.epicId), event.reason));
    case 'epic.cancelled':
      return line('idle', words.epicCancelled(epic(event.epicId)));
    case 'task.claimed':
      return line('alive', claimWords(state, event.taskId, member(event.memberId)));
    case 'task.submitted':
    case 'task.done':
      // Else its gates opened, or its reviewer answered: lines of their own.
      if (!event.submission) return null;
      return line('done', words.submitted(member(event.submission.memberId), task(event.taskId)));
    case 'task.attempt_failed':
      return line('waiting', words.failedOnce(task(event.taskId), event.reason));
    case 'task.failed':
      return line('failure', words.failed(task(event.taskId), event.reason));
    case 'task.merged':
      return line('done', words.merged(task(event.taskId)));
    case 'task.asked':
      return line('waiting', words.question(member(actor), task(event.taskId), event.question.text));
    case 'task.answered':
      return line('alive', words.questionAnswered(member(event.answer.by), task(event.taskId)));
    case 'task.divided':
      return line('alive', words.divided(task(event.taskId), event.parts.length));
    case 'member.rested':
      return line('waiting', words.rested(member(event.memberId), event.reason));
    case 'task.returned':
    case 'task.sent_back':
    case 'task.conflicted':
      return line('waiting', words.sentBack(task(event.taskId), event.note.note));
    case 'approval.requested':
      return line('waiting', words.requested(member(event.gate.request.by), event.gate.name));
    case 'gate.asked':
      return line('waiting', words.asked(gate(event.gateId)));
    case 'gate.signed':
      return line(
        'alive',
        words.signed(member(event.signOff.memberId), gate(event.gateId), event.signOff.roleId),
      );
    case 'gate.delegated':
      return event.to === null
        ? null
        : line('waiting', words.delegated(member(event.by), member(event.to), gate(event.gateId)));
    case 'gate.set_aside':
      return line('idle', words.setAside(member(event.memberId), gate(event.gateId), event.reason));
    case 'gate.opened':
      return line('done', words.opened(gate(event.gateId)));
    case 'gate.rejected':
      return line('waiting', words.rejected(member(event.by ?? actor), gate(event.gateId)));
    case 'gate.vetoed':
      return line('failure', words.vetoed(member(event.by), gate(event.gateId)));
    case 'worker.crashed':
      return line('failure', words.workerCrashed(member(workerMember(state, event.workerId)), event.reason));
    case 'scaling.changed':
      return line('alive', words.scaled(event.id, event.to, event.because));
    case 'worker.requested':
      return line('alive', words.workersAsked(member(actor), event.count, member(event.memberId)));
    case 'host.joined':
      return line('alive', words.hostJoined(event.name));
    case 'host.left':
      return line('idle', words.hostLeft(hostLabel(state, event.hostId)));
    case 'host.lost':
      return line('failure', words.hostLost(hostLabel(state, event.hostId)));
    case 'host.cut_off':
      return line('waiting', words.hostCutOff(hostLabel(state, event.hostId)));
    case 'host.came_back':
      return line('alive', words.hostCameBack(hostLabel(state, event.hostId)));
    case 'conflict.recorded': {
      const { hostId, refusal, command } = event.conflict;
      const status = whyLapses(command) === null ? 'needs' : 'idle';
      return line(status, words.conflictRecorded(hostLabel(state, hostId), refusal.message));
    }
    case 'conflict.resolved': {
      const { by, reason } = event;
      // Nobody did anything about it.
      if (by === null) return null;
      const text =
        reason === null ? words.conflictReapplied(member(by)) : words.conflictDropped(member(by), reason);
      return line('done', text);
    }
    default:
      return null;
  }
}

function claimWords(state: CompanyState, taskId: TaskId, who: string): string {
  const task = state.tasks.get(taskId);
  const gate = task?.review && state.gates.get(task.review.gateId);
  if (!gate) return words.claimed(who, task?.title ?? taskId);
  if (gate.request) return words.reviewsApproval(who, gate.name);
  return words.reviews(who, gatedTask(state, gate)?.title ?? gate.stepId ?? '', gate.name);
}

function workerMember(state: CompanyState, workerId: Parameters<CompanyState['workers']['get']>[0]) {
  return state.workers.get(workerId)?.memberId ?? null;
}

function line(status: Status, text: string): EventLine {
  return { status, text };
}
