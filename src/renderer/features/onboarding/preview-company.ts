/** The company that a template would give, made in memory by the same decisions as the real one. */
import type { BuiltInTemplates } from '../../../contract/rpc.ts';
import type { CommandInput } from '../../../core/command.ts';
import { commandSchema } from '../../../core/command.ts';
import type { Context } from '../../../core/context.ts';
import { hostAlone } from '../../../core/context.ts';
import { membersByName } from '../../../core/org/membership.ts';
import type { Member } from '../../../core/org/org.ts';
import { emptyState } from '../../../core/state.ts';
import { transact } from '../../../core/transact.ts';
import type { EpochMs } from '../../../core/units.ts';
import type { SatisfiabilityReport } from '../../../core/workflow/satisfiability.ts';
import { checkSatisfiability } from '../../../core/workflow/satisfiability.ts';
import type { Workflow } from '../../../core/workflow/workflow.ts';
import { workflowFileSchema } from '../../../core/workflow/workflow-file.ts';
import { workflowFrom } from '../../../core/workflow/workflow-from-file.ts';

export interface CompanyPreview {
  readonly template: string;
  readonly departments: readonly { readonly name: string; readonly members: readonly Member[] }[];
  readonly memberCount: number;
  /** Every workflow that comes with the product, and whether this company could finish it. */
  readonly workflows: readonly { readonly workflow: Workflow; readonly report: SatisfiabilityReport }[];
}

type CompanyFileInput = BuiltInTemplates['companies'][number];

export function previewCompany(file: CompanyFileInput, { workflows }: BuiltInTemplates): CompanyPreview {
  const state = emptyState();
  const command: CommandInput = { type: 'company.create', file, workflows: [...workflows] };
  transact(state, commandSchema.parse(command), previewContext());
  const members = membersByName(state).filter(({ id }) => id !== state.company?.ownerId);
  const departments = [...state.departments.values()].map(({ id, name }) => ({
    name,
    members: members.filter(({ teamId }) => teamId && state.teams.get(teamId)?.departmentId === id),
  }));
  return {
    template: state.company?.template ?? file.name,
    departments,
    memberCount: members.length,
    workflows: workflows.map((workflow) => {
      const parsed = workflowFrom(workflowFileSchema.parse(workflow));
      return { workflow: parsed, report: checkSatisfiability(state, parsed) };
    }),
  };
}

/** Nothing of a preview is kept, so its clock stands still and its ids need only differ. */
function previewContext(): Context {
  let made = 0;
  return {
    ...hostAlone,
    now: 0 as EpochMs,
    actor: { kind: 'host' },
    newId: (kind) => `${kind}_preview${made++}` as ReturnType<Context['newId']> & never,
    sha256: () => {
      throw new Error('The creation of a company hashes nothing');
    },
  };
}
