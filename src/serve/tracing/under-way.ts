/** What was under way when a host began to trace: read from the state, as its events are long past. */
import type { CompanyState } from '../../core/state.ts';
import { SpanTracker } from './span-tracker.ts';

export function trackerFor(state: CompanyState): SpanTracker {
  const tracker = new SpanTracker();
  const asEvent = { actor: null, version: 0 };
  for (const epic of state.epics.values()) {
    if (epic.endedAt === null)
      tracker.see({
        ...asEvent,
        seq: state.seq,
        at: epic.createdAt,
        event: { type: 'epic.created', epic, forced: false },
      });
  }
  for (const gate of state.gates.values()) {
    if (gate.state === 'open' || gate.state === 'cancelled') continue;
    tracker.noteGate(gate);
    if (gate.waitingSince !== null) tracker.beginGate(gate.id, gate.waitingSince, state.seq);
  }
  for (const task of state.tasks.values()) {
    if (task.state === 'done' || task.state === 'failed' || task.state === 'cancelled') continue;
    tracker.beginTask(task, task.createdAt);
    const attempt = task.attempts.at(-1);
    if (!task.lease || !attempt) continue;
    const { memberId, token } = task.lease;
    tracker.beginAttempt(task.id, token, attempt.startedAt, { 'agentcoord.member.id': memberId });
  }
  return tracker;
}
