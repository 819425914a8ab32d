/** The chart that a company file asks for, on top of the chart that there is: rows of the same name stay the same rows. */
import type { DepartmentId, MemberId, TeamId } from '../../ids.ts';
import type { Workflow } from '../../workflow/workflow.ts';
import { workflowFrom } from '../../workflow/workflow-from-file.ts';
import type { CompanyFile, MemberFile } from '../company-file.ts';
import type { Department, Member, Team } from '../org.ts';
import { customRole, memberFrom } from '../org-from-file.ts';
import { policyFrom } from '../policy.ts';
import type { OrgChart } from './org-chart.ts';

/**
 * Members are known by their names, which are unique, or by the team and the role that they keep when they are renamed. Who belongs to no team stands in no file and stays as they are.
 * @param taken whose ids nothing new gets, either
 */
export function chartFromFile(file: CompanyFile, current: OrgChart, taken = current): OrgChart {
  const builder = new ChartBuilder(current, file, taken);
  for (const department of file.departments) builder.addDepartment(department);
  return {
    name: file.name,
    policy: policyFrom(file.policy),
    roles: file.roles.map(customRole).map((role) => {
      const known = current.roles.find(({ id }) => id === role.id);
      return known && JSON.stringify(known) === JSON.stringify(role) ? known : role;
    }),
    departments: builder.departments,
    teams: builder.teams,
    members: [...current.members.filter(({ teamId }) => teamId === null), ...builder.members],
    workflows: workflowsOf(file, current),
  };
}

/** A workflow by its name alone is the company's own of that name, as it is. */
function workflowsOf(file: CompanyFile, { workflows }: OrgChart): Workflow[] {
  return file.workflows.flatMap((entry) => {
    if (typeof entry === 'string') return workflows.filter(({ id }) => id === entry);
    const written = workflowFrom(entry);
    const known = workflows.find(({ id }) => id === written.id);
    const isSame = known && JSON.stringify(known.steps) === JSON.stringify(written.steps);
    return [isSame && known.priority === written.priority ? known : written];
  });
}

type DepartmentFile = CompanyFile['departments'][number];
type TeamFile = DepartmentFile['teams'][number];

class ChartBuilder {
  readonly departments: Department[] = [];
  readonly teams: Team[] = [];
  readonly members: Member[] = [];
  readonly #current: OrgChart;
  /** Of all members in the file. */
  readonly #names: ReadonlySet<string>;
  readonly #taken = new Set<string>();
  readonly #others: OrgChart;
  #fresh = 0;

  constructor(current: OrgChart, file: CompanyFile, others: OrgChart) {
    this.#current = current;
    this.#others = others;
    const teams = file.departments.flatMap((department) => department.teams);
    this.#names = new Set(teams.flatMap((team) => team.members.map(({ name }) => name)));
  }

  addDepartment(file: DepartmentFile): void {
    const known = this.#current.departments.find(({ name }) => name === file.name);
    const id = known?.id ?? (this.#newId('department') as DepartmentId);
    const members = file.teams.flatMap((team) => this.#addTeam(team, id));
    this.departments.push({ id, name: file.name, headId: idOf(members, file.head) });
  }

  #addTeam(file: TeamFile, departmentId: DepartmentId): Member[] {
    const known = this.#knownTeam(file, departmentId);
    const id = known?.id ?? (this.#newId('team') as TeamId);
    this.#taken.add(id);
    const members = file.members.map((member) => this.#member(member, id, file));
    this.teams.push({ id, name: file.name, departmentId, leadId: idOf(members, file.lead) });
    this.members.push(...members);
    return members;
  }

  /** The one of that name in the department; else one of that name that most of the members come from. */
  #knownTeam(file: TeamFile, departmentId: DepartmentId): Team | undefined {
    const free = this.#current.teams.filter(({ id, name }) => name === file.name && !this.#taken.has(id));
    const here = free.find((team) => team.departmentId === departmentId);
    if (here) return here;
    const names = new Set(file.members.map(({ name }) => name));
    const brings = (team: Team) =>
      this.#current.members.filter((member) => member.teamId === team.id && names.has(member.name)).length;
    return free.filter((team) => brings(team) > 0).sort((a, b) => brings(b) - brings(a))[0];
  }

  #member(file: MemberFile, teamId: TeamId, team: TeamFile): Member {
    const known = this.#knownMember(file, teamId, team);
    const member = memberFrom(known?.id ?? (this.#newId('member') as MemberId), file, teamId);
    if (!known) return member;
    const kept = { ...member, pause: known.pause };
    return JSON.stringify(kept) === JSON.stringify(known) ? known : kept;
  }

  /** Renamed: the only one of the role who is new to the team takes the place of the only one who is gone from the file. */
  #knownMember(file: MemberFile, teamId: TeamId, team: TeamFile): Member | undefined {
    const { members } = this.#current;
    const named = members.find(({ name }) => name === file.name);
    if (named) return named;
    const gone = members.filter(
      (member) =>
        member.teamId === teamId && member.roleIds[0] === file.role && !this.#names.has(member.name),
    );
    const fresh = team.members.filter(
      ({ name, role }) => role === file.role && !members.some((member) => member.name === name),
    );
    return gone.length === 1 && fresh.length === 1 ? gone[0] : undefined;
  }

  /** What is drawn already may have been read from a file, too. */
  #newId(kind: string): string {
    const taken = new Set<string>(
      [this.#current, this.#others].flatMap(({ departments, teams, members }) =>
        [...departments, ...teams, ...members].map(({ id }) => id),
      ),
    );
    let id: string;
    do {
      this.#fresh += 1;
      id = `new_file_${kind}_${this.#fresh}`;
    } while (taken.has(id));
    return id;
  }
}

function idOf(members: readonly Member[], name: string | undefined): MemberId | null {
  return members.find((member) => member.name === name)?.id ?? null;
}
