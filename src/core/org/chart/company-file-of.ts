/** A chart as a company file: what is written for people to read, edit and keep. */
import type { CompanyFileInput } from '../company-file.ts';
import type { Member, Team } from '../org.ts';
import type { OrgChart } from './org-chart.ts';
import { memberFileOf, policyFileOf, roleFileOf } from './row-files.ts';

/** Those who belong to no team, such as the owner, stand in no file. Workflows go by their names. */
export function companyFileOf(
  chart: OrgChart,
  { template, version }: { readonly template: string; readonly version: number },
): CompanyFileInput {
  const nameOf = (id: Member['id'] | null) => chart.members.find((member) => member.id === id)?.name;
  const teamFile = (team: Team) => {
    const lead = nameOf(team.leadId);
    const members = chart.members.filter(({ teamId }) => teamId === team.id).map(memberFileOf);
    return { name: team.name, ...(lead !== undefined && { lead }), members };
  };
  const policy = policyFileOf(chart.policy);
  return {
    name: chart.name,
    template,
    version,
    ...(Object.keys(policy).length > 0 && { policy }),
    departments: chart.departments.map(({ id, name, headId }) => {
      const head = nameOf(headId);
      const teams = chart.teams.filter(({ departmentId }) => departmentId === id).map(teamFile);
      return { name, ...(head !== undefined && { head }), teams };
    }),
    ...(chart.roles.length > 0 && { roles: chart.roles.map(roleFileOf) }),
    workflows: chart.workflows.map(({ id }) => id),
  };
}
