/** The demo where there is no terminal: a line for each thing that happens. */
import type { Writable } from 'node:stream';
import type { CompanyEvent } from '../../core/event.ts';
import type { GateId, MemberId, TaskId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import type { DurationMs } from '../../core/units.ts';
import { plainLine } from '../output/plain-text.ts';
import type { DemoView } from './demo-view.ts';
import { secondsText } from './demo-view.ts';

export function openLineView(stream: Writable, state: CompanyState, elapsed: () => DurationMs): DemoView {
  return {
    happened: (event) => {
      const words = describe(event, state);
      if (words !== null) stream.write(`${secondsText(elapsed()).padStart(8)}  ${plainLine(words)}\n`);
    },
    pause: () => undefined,
    resume: () => undefined,
    close: () => undefined,
  };
}

/** Null: not worth a line. */
function describe(event: CompanyEvent, state: CompanyState): string | null {
  const member = (id: MemberId | null) => (id === null ? 'the clock' : (state.members.get(id)?.name ?? id));
  const task = (id: TaskId) => `“${state.tasks.get(id)?.title ?? id}”`;
  const gate = (id: GateId) => `gate ${state.gates.get(id)?.name ?? id}`;
  switch (event.type) {
    case 'worker.ready': {
      const worker = state.workers.get(event.workerId);
      return `a worker process (pid ${event.pid}) speaks for ${worker ? member(worker.memberId) : 'an agent'}`;
    }
    case 'worker.crashed':
      return `a worker crashed: ${event.reason}`;
    case 'task.claimed':
      return `${member(event.memberId)} takes ${task(event.taskId)}`;
    case 'task.submitted':
    case 'task.done':
      // Else its gates opened, or its reviewer answered: lines of their own.
      if (!event.submission) return null;
      return `${member(event.submission.memberId)} hands in ${task(event.taskId)}`;
    case 'task.attempt_failed':
    case 'task.failed':
      return `${task(event.taskId)} failed: ${event.reason}`;
    case 'gate.asked':
      return `${gate(event.gateId)} waits for its sign-offs`;
    case 'gate.signed': {
      const { memberId, roleId, kind } = event.signOff;
      return `${member(memberId)} (${kind}) signs ${gate(event.gateId)} as ${roleId}`;
    }
    case 'gate.opened':
      return `${gate(event.gateId)} is open`;
    case 'gate.rejected':
      return `${member(event.by)} sends the work at ${gate(event.gateId)} back: ${event.note}`;
    case 'gate.vetoed':
      return `${member(event.by)} vetoes at ${gate(event.gateId)}: ${event.note}`;
    case 'epic.blocked':
      return `the epic is blocked: ${event.reason}`;
    case 'epic.completed':
      return 'the epic is completed';
    default:
      return null;
  }
}
