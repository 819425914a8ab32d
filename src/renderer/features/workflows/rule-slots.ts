/** Who of the company could sign each slot of a gate that is drawn, and which slots nobody is left for. Pure. */
import { gateCandidates } from '../../../core/gate/gate-candidates.ts';
import { matchSlots } from '../../../core/gate/slot-matching.ts';
import type { RoleId } from '../../../core/ids.ts';
import type { CompanyState } from '../../../core/state.ts';
import type { GateRule, RoleRequirement, Workflow } from '../../../core/workflow/workflow.ts';

/** The slots that one role owes. */
export interface RuleSlots {
  readonly roleId: RoleId;
  readonly count: number;
  /** Of all who could sign one of them, whoever did the work; holders of the role first. */
  readonly names: readonly string[];
  /** How many of them stay empty when everybody signs what they can. */
  readonly unfilled: number;
}

/** By the name of the gate, which is one in its workflow. */
export function slotsOfGates(state: CompanyState, workflow: Workflow): Map<string, readonly RuleSlots[]> {
  const rules = workflow.steps.flatMap(({ gates }) => gates);
  return new Map(rules.map((rule) => [rule.name, slotsOfRule(state, rule)]));
}

export function slotsOfRule(state: CompanyState, rule: GateRule): RuleSlots[] {
  const candidates = gateCandidates(state, rule);
  const asked: RoleRequirement[] = [];
  const canBeFilled = (requires: readonly RoleRequirement[]) =>
    matchSlots({
      ...{ requires, filled: [], candidates, distinct: rule.distinct },
      ...{ humanRequired: false, excluded: new Set<never>() },
    }).ok;
  return rule.requires.map(({ roleId, count }) => {
    let filled = count;
    while (filled > 0 && !canBeFilled([...asked, { roleId, count: filled }])) filled -= 1;
    if (filled > 0) asked.push({ roleId, count: filled });
    const names = candidates
      .filter(({ signs }) => signs.has(roleId))
      .flatMap(({ memberId }) => state.members.get(memberId)?.name ?? []);
    return { roleId, count, names, unfilled: count - filled };
  });
}
