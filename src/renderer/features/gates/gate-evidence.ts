/** What a gate is about: the artifacts that are signed, and from which steps they come. Pure. */
import type { Gate } from '../../../core/gate/gate.ts';
import type { CompanyState } from '../../../core/state.ts';
import type { Artifact, RejectionNote, Task } from '../../../core/task/task.ts';

export interface Evidence {
  readonly artifacts: readonly (Artifact & { readonly from: string })[];
  /** The tasks whose submissions are signed. */
  readonly sources: readonly Task[];
  /** Every rejection on the way here, newest first. */
  readonly rounds: readonly RejectionNote[];
}

export function gateEvidence(state: CompanyState, gate: Gate): Evidence {
  const task = state.tasks.get(gate.taskId);
  const ids = gate.rule.position === 'after' ? [gate.taskId] : (task?.dependsOn ?? []);
  const sources = ids.flatMap((id) => state.tasks.get(id) ?? []);
  return {
    sources,
    artifacts: sources.flatMap(
      ({ title, submission }) =>
        submission?.artifacts.map((artifact) => ({ ...artifact, from: title })) ?? [],
    ),
    rounds: sources
      .flatMap(({ notes }) => notes)
      .filter(({ gateId }) => gateId === gate.id)
      .sort((a, b) => b.at - a.at),
  };
}
