/** Sees when a task goes round in circles: it fails the same way, or the same result is rejected, again and again. */
import { defaultPolicy } from '../org/policy.ts';
import type { CompanyState } from '../state.ts';
import type { RejectionNote, Task } from './task.ts';

/** So often the same result may be rejected: whoever hands it in a second time has not understood the note. */
const sameResultRejected = 2;

/** What two failures have in common that differ only in numbers, ids and paths. */
export function fingerprint(reason: string): string {
  return reason
    .toLowerCase()
    .replaceAll(/(?:[a-z]:)?[\\/~.]*[\\/][^\s:'",)]*/g, '<path>')
    .replaceAll(/\b[a-z]+_[0-9a-z]{6,}\b|\b(?=[0-9a-f-]*\d)[0-9a-f]{6,}(?:-[0-9a-f]+)*\b/g, '<id>')
    .replaceAll(/\d+(?:[.,:]\d+)*/g, '<n>')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Why no further attempt is worth it; null: this failure is not one too many of its kind. */
export function loopByFailure(state: CompanyState, task: Task, reason: string): string | null {
  const { loopAfter } = state.company?.policy ?? defaultPolicy;
  const wanted = fingerprint(reason);
  const alike = task.attempts
    .slice(task.forgiven.attempts)
    .filter(({ outcome }) => outcome === 'failed' || outcome === 'expired')
    .filter((attempt) => attempt.reason !== null && fingerprint(attempt.reason) === wanted);
  const times = alike.length + 1;
  return times >= loopAfter ? `loops: the same failure ${times} times: ${reason}` : null;
}

/** Why it is not worth reworking once more; the last note counts already. */
export function loopByRejection(state: CompanyState, task: Task): string | null {
  const { loopAfter, maxRework } = state.company?.policy ?? defaultPolicy;
  const notes = task.notes.slice(task.forgiven.notes);
  const last = notes.at(-1);
  if (!last) return null;
  const unsigned = unansweredInARow(notes, last);
  if (unsigned >= loopAfter)
    return `loops: gate ${last.gateName} timed out ${unsigned} times in a row, nobody signed`;
  // The clock has judged nothing: only what members turned down shows whether a note was understood.
  const same = notes.filter(
    ({ by, artifactHash }) => by !== null && artifactHash === last.artifactHash,
  ).length;
  const at = `at gate ${last.gateName}: ${last.note}`;
  if (same >= sameResultRejected) return `loops: the same result was rejected ${same} times, last ${at}`;
  if (notes.length > maxRework) return `loops: reworked ${maxRework} times and rejected again, last ${at}`;
  return null;
}

/** How often the last note's gate ran out of time since a member last said anything about the task. */
function unansweredInARow(notes: readonly RejectionNote[], { gateId }: RejectionNote): number {
  const answered = notes.findLastIndex(({ unanswered }) => !unanswered);
  return notes.slice(answered + 1).filter((note) => note.gateId === gateId).length;
}
