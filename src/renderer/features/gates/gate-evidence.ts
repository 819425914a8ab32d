/** What a gate is about: the artifacts that are signed, and from which steps they come. Pure. */
import type { Gate } from '../../../core/gate/gate.ts';
import { gatedTask } from '../../../core/gate/gated-work.ts';
import type { CompanyState } from '../../../core/state.ts';
import type { Proof } from '../../../core/task/proof.ts';
import type { Artifact, RejectionNote, Task } from '../../../core/task/task.ts';

export interface Evidence {
  readonly artifacts: readonly (Artifact & { readonly from: string })[];
  /** That the checks of those steps passed. */
  readonly proofs: readonly Proof[];
  /** The tasks whose submissions are signed. */
  readonly sources: readonly Task[];
  /** Every rejection on the way here, newest first. */
  readonly rounds: readonly RejectionNote[];
}

export function gateEvidence(state: CompanyState, gate: Gate): Evidence {
  const { request } = gate;
  if (request) {
    const artifacts = request.artifacts.map((artifact) => ({ ...artifact, from: gate.name }));
    return { sources: [], artifacts, proofs: [], rounds: [] };
  }
  const task = gatedTask(state, gate);
  const gated = gate.rule.position === 'after' ? [task] : task?.dependsOn.map((id) => state.tasks.get(id));
  const sources = gated?.filter((source) => source !== undefined) ?? [];
  return {
    sources,
    artifacts: sources.flatMap(
      ({ title, submission }) =>
        submission?.artifacts.map((artifact) => ({ ...artifact, from: title })) ?? [],
    ),
    proofs: sources.flatMap(({ submission }) => submission?.proof ?? []),
    rounds: sources
      .flatMap(({ notes }) => notes)
      .filter(({ gateId }) => gateId === gate.id)
      .sort((a, b) => b.at - a.at),
  };
}
