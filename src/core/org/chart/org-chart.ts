/** The structure of a company as one value: what is drawn, edited, written as a file and compared. */
import type { CompanyState } from '../../state.ts';
import type { Workflow } from '../../workflow/workflow.ts';
import type { Department, Member, Policy, Role, Team } from '../org.ts';
import { defaultPolicy } from '../policy.ts';

/** Rows are those of the state; what was drawn and is not in any log yet has an id that begins with `new_`. */
export interface OrgChart {
  readonly name: string;
  readonly policy: Policy;
  /** The custom ones. */
  readonly roles: readonly Role[];
  readonly departments: readonly Department[];
  readonly teams: readonly Team[];
  /** The owner among them. */
  readonly members: readonly Member[];
  readonly workflows: readonly Workflow[];
}

/** Departments, teams and members in the order in which they came. */
export function chartOf(state: CompanyState): OrgChart {
  return {
    name: state.company?.name ?? '',
    policy: state.company?.policy ?? defaultPolicy,
    roles: [...state.roles.values()].filter(({ custom }) => custom),
    departments: [...state.departments.values()],
    teams: [...state.teams.values()],
    members: [...state.members.values()],
    workflows: [...state.workflows.values()],
  };
}
