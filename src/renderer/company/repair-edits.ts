/** What a repair of the satisfiability check changes in a company, as edits that are given together. Pure. */
import type { MemberFile } from '../../core/org/company-file.ts';
import type { OrgEditInput } from '../../core/org/org-commands.ts';
import type { CompanyState } from '../../core/state.ts';
import type { Finding } from '../../core/workflow/finding.ts';
import type { Repair } from '../../core/workflow/repair.ts';
import type { Workflow } from '../../core/workflow/workflow.ts';
import { workflowFileOf } from '../../core/workflow/workflow-to-file.ts';

/**
 * @param repair one of the finding's
 * @param workflow the one that was checked
 */
export function repairEdits(
  state: CompanyState,
  workflow: Workflow,
  finding: Finding,
  repair: Repair,
): OrgEditInput[] {
  switch (repair.kind) {
    case 'add-member':
      return hire(state, repair.roleId, repair.count);
    case 'add-human':
      return hire(state, repair.roleId, 1, 'human');
    case 'define-role':
      return [
        { type: 'role.define', role: { id: repair.roleId, ...titled(repair.roleId, anyDepartment(state)) } },
        ...hire(state, repair.roleId, 1),
      ];
    case 'grant-capability': {
      const { roleId } = repair;
      const id = freeName(`${roleId}_plus`, (name) => state.roles.get(name as typeof roleId) !== undefined);
      const department = state.roles.get(roleId)?.department ?? anyDepartment(state);
      // Whoever takes the step needs all that it requires, not one of it.
      const capabilities = finding.repairs.flatMap((one) =>
        one.kind === 'grant-capability' ? [one.capability] : [],
      );
      return [
        { type: 'role.define', role: { id, ...titled(id, department), inherits: [roleId], capabilities } },
        ...hire(state, id, 1),
      ];
    }
    case 'allow-self-approval':
      return [{ type: 'workflow.define', workflow: workflowFileOf(allowing(workflow, repair.gate)) }];
  }
}

function hire(state: CompanyState, role: string, count: number, kind?: MemberFile['kind']): OrgEditInput[] {
  const names = new Set<string>();
  for (let n = 0; n < count; n += 1) {
    names.add(freeName(role, (name) => names.has(name) || state.index.membersByName.get(name).size > 0));
  }
  return [...names].map((name) => ({
    type: 'member.add',
    teamId: null,
    member: { name, role, ...(kind && { kind }) },
  }));
}

/** `qa_eng`, or `qa_eng_2` and on where names are taken. */
function freeName(wanted: string, isTaken: (name: string) => boolean): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}_${number}`;
    if (!isTaken(name)) return name;
  }
}

function titled(id: string, department: string): { title: string; department: string } {
  const words = id.replaceAll('_', ' ');
  return { title: words.charAt(0).toUpperCase() + words.slice(1), department };
}

/** A role needs one, and who repairs may move it later. */
function anyDepartment(state: CompanyState): string {
  const [first] = [...state.departments.values()].map(({ name }) => name).sort();
  return first ?? 'product';
}

function allowing(workflow: Workflow, name: string): Workflow {
  const steps = workflow.steps.map((step) => ({
    ...step,
    gates: step.gates.map((gate) =>
      gate.name === name ? { ...gate, selfApproval: 'allowed' as const } : gate,
    ),
  }));
  return { ...workflow, steps };
}
