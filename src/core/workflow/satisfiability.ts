/** Can a company finish a workflow at all: which steps nobody could take, which gates nobody could open, and the repair. */
import type { WorkflowName } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import { checkGate } from './check-gate.ts';
import type { Finding } from './finding.ts';
import { addMember, defineRole, grantCapability } from './repair.ts';
import { stepTakers } from './step-takers.ts';
import type { Step, Workflow } from './workflow.ts';

export interface SatisfiabilityReport {
  readonly workflow: WorkflowName;
  /** Whether an epic could get through, given time. */
  readonly finishable: boolean;
  /** In the order of the steps. */
  readonly findings: readonly Finding[];
}

/** Looks at the whole company, not at who happens to be online. */
export function checkSatisfiability(state: CompanyState, workflow: Workflow): SatisfiabilityReport {
  const findings = workflow.steps.flatMap((step) => [
    ...checkStep(state, step),
    ...step.gates.flatMap((rule) => checkGate(state, workflow, step, rule)),
  ]);
  return {
    workflow: workflow.id,
    finishable: findings.every(({ severity }) => severity !== 'error'),
    findings,
  };
}

function checkStep(state: CompanyState, step: Step): Finding[] {
  if (stepTakers(state, step).length > 0) return [];
  const name = `step ${step.id} (${step.title})`;
  const at = { severity: 'error', stepId: step.id, gate: null } as const;
  const { roleId } = step;
  if (!state.roles.get(roleId)) {
    const message = `Nobody can take ${name}: there is no role ${roleId}`;
    return [{ ...at, kind: 'missing-role', message, repairs: [defineRole(roleId)] }];
  }
  const ofRole = stepTakers(state, { roleId, requiresCapabilities: [] });
  if (ofRole.length === 0) {
    const message = `Nobody can take ${name}: no member is ${roleId}, or has a role that inherits it`;
    return [{ ...at, kind: 'no-taker', message, repairs: [addMember(roleId, 1)] }];
  }
  const names = ofRole.map((member) => member.name).join(', ');
  const message = `Nobody can take ${name}: of its role, ${names} lack a capability of ${step.requiresCapabilities.join(', ')}`;
  const lacking = step.requiresCapabilities.filter(
    (capability) => !state.index.roles.capabilities(roleId).has(capability),
  );
  return [
    {
      ...at,
      kind: 'no-taker',
      message,
      repairs: lacking.map((capability) => grantCapability(roleId, capability)),
    },
  ];
}
