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

/** In the order of their names, so that equal companies give equal charts; a state keeps no order of its own. */
export function chartOf(state: CompanyState): OrgChart {
  return {
    name: state.company?.name ?? '',
    policy: state.company?.policy ?? defaultPolicy,
    roles: state.roles.dump().filter(({ custom }) => custom),
    departments: byName(state.departments.values()),
    teams: byName(state.teams.values()),
    members: byName(state.members.values()),
    workflows: state.workflows.dump(),
  };
}

function byName<Row extends { readonly id: string; readonly name: string }>(rows: Iterable<Row>): Row[] {
  const before = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return [...rows].sort((a, b) => before(a.name, b.name) || before(a.id, b.id));
}
