/** Who could be the authors of what a gate signs, as far as it matters to the gate. */
import type { Candidate } from '../gate/slot-matching.ts';
import type { MemberId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import { stepTakers } from './step-takers.ts';
import type { GateRule, Step, Workflow } from './workflow.ts';

/** Beyond that many ways the rest is not looked at: with so many people, one way that works is among the first. */
const mostSets = 2_000;

/**
 * The sets of possible authors, reduced to those who could also sign: all others are alike to the gate.
 * After a step: who may take it; before it: one taker of each step it depends on. None when somebody is missing
 * there, which is a finding of its own.
 */
export function authorSets(
  state: CompanyState,
  workflow: Workflow,
  step: Step,
  rule: Pick<GateRule, 'position'>,
  candidates: readonly Candidate[],
): ReadonlySet<MemberId>[] {
  const signers = new Set(candidates.map(({ memberId }) => memberId));
  const gated =
    rule.position === 'after' ? [step] : workflow.steps.filter(({ id }) => step.dependsOn.includes(id));
  let sets = new Map<string, ReadonlySet<MemberId>>([['', new Set()]]);
  for (const { roleId, requiresCapabilities } of gated) {
    const takers = stepTakers(state, { roleId, requiresCapabilities }).map(({ id }) => id);
    const options = new Set(takers.map((id) => (signers.has(id) ? id : null)));
    const next = new Map<string, ReadonlySet<MemberId>>();
    for (const set of sets.values()) {
      for (const option of options) {
        if (next.size >= mostSets) break;
        const larger = new Set(option === null ? set : [...set, option]);
        next.set([...larger].sort().join(' '), larger);
      }
    }
    sets = next;
  }
  return [...sets.values()];
}
