/** The edits that lead from one chart of a company to another: what a file, a version of the past or a merge asks of it. */
import { workflowFileOf } from '../../workflow/workflow-to-file.ts';
import type { Department, Member, Role, Team } from '../org.ts';
import type { OrgEditInput } from '../org-commands.ts';
import type { OrgChart } from './org-chart.ts';
import { renameIds } from './rename-ids.ts';
import { budgetFileOf, memberFileOf, policyFileOf, roleFileOf, runnerFileOf } from './row-files.ts';

/**
 * In an order in which each can be decided on what the ones before it left: places before who goes there, who leaves
 * before who takes their name, posts when everybody is in place, and what is empty last.
 * Rows of both charts are the same when their ids are. What was there once and is not any more gets an id of its own.
 */
export function editsBetween(before: OrgChart, wanted: OrgChart): OrgEditInput[] {
  const after = withNewIds(before, wanted);
  const departments = pair(before.departments, after.departments);
  const teams = pair(before.teams, after.teams);
  const members = pair(before.members, after.members);
  const roles = pair(before.roles, after.roles);
  const workflows = pair(before.workflows, after.workflows);
  return [
    ...configured(before, after),
    ...departments.added.map(({ id, name }): OrgEditInput => ({ type: 'department.add', name, as: id })),
    ...departments.kept.flatMap(([old, now]) => renamedDepartment(old, now)),
    ...inOrderOfInheritance([...roles.added, ...changed(roles.kept)]).map(
      (role): OrgEditInput => ({ type: 'role.define', role: roleFileOf(role) }),
    ),
    ...teams.added.map(
      ({ id, name, departmentId }): OrgEditInput => ({ type: 'team.add', departmentId, name, as: id }),
    ),
    ...teams.kept.flatMap(([old, now]) => changedTeam(old, now)),
    ...members.removed.map(({ id }): OrgEditInput => ({ type: 'member.remove', memberId: id })),
    ...changedMembers(members.kept),
    ...members.added.map(
      (member): OrgEditInput => ({
        type: 'member.add',
        teamId: member.teamId,
        member: memberFileOf(member),
        as: member.id,
      }),
    ),
    ...after.teams.flatMap((team) => lead(teams.before.get(team.id), team, before.members)),
    ...after.departments.flatMap((row) => head(departments.before.get(row.id), row, before, after)),
    ...[...workflows.added, ...changed(workflows.kept)].map(
      (workflow): OrgEditInput => ({ type: 'workflow.define', workflow: workflowFileOf(workflow) }),
    ),
    ...workflows.removed.map(({ id }): OrgEditInput => ({ type: 'workflow.remove', workflowId: id })),
    ...teams.removed.map(({ id }): OrgEditInput => ({ type: 'team.remove', teamId: id })),
    ...departments.removed.map(({ id }): OrgEditInput => ({ type: 'department.remove', departmentId: id })),
    ...inOrderOfInheritance(roles.removed)
      .reverse()
      .map(({ id }): OrgEditInput => ({ type: 'role.remove', roleId: id })),
  ];
}

/** Whatever is only in the second chart goes by an id that begins with `new_`, also where others name it. */
function withNewIds(before: OrgChart, after: OrgChart): OrgChart {
  const rows = ({ departments, teams, members }: OrgChart) => [...departments, ...teams, ...members];
  const known = new Set<string>(rows(before).map(({ id }) => id));
  const fresh = new Set<string>(
    rows(after).flatMap(({ id }) => (known.has(id) || id.startsWith('new_') ? [] : [id])),
  );
  return renameIds(after, new Map([...fresh].map((id) => [id, `new_${id}`])));
}

interface Paired<Row> {
  readonly before: ReadonlyMap<string, Row>;
  readonly added: readonly Row[];
  readonly removed: readonly Row[];
  readonly kept: readonly (readonly [before: Row, after: Row])[];
}

function pair<Row extends { readonly id: string }>(
  before: readonly Row[],
  after: readonly Row[],
): Paired<Row> {
  const old = new Map<string, Row>(before.map((row) => [row.id, row]));
  const ids = new Set<string>(after.map(({ id }) => id));
  return {
    before: old,
    added: after.filter(({ id }) => !old.has(id)),
    removed: before.filter(({ id }) => !ids.has(id)),
    kept: after.flatMap((row) => {
      const was = old.get(row.id);
      return was ? [[was, row] as const] : [];
    }),
  };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const changed = <Row>(kept: readonly (readonly [Row, Row])[]): Row[] =>
  kept.filter(([old, now]) => !same(old, now)).map(([, now]) => now);

function configured(before: OrgChart, after: OrgChart): OrgEditInput[] {
  const policy = policyFileOf(after.policy, before.policy);
  const isRenamed = after.name !== before.name;
  if (!isRenamed && Object.keys(policy).length === 0) return [];
  return [{ type: 'company.configure', ...(isRenamed && { name: after.name }), policy }];
}

function renamedDepartment(old: Department, { id, name }: Department): OrgEditInput[] {
  return old.name === name ? [] : [{ type: 'department.change', departmentId: id, name }];
}

function changedTeam(old: Team, { id, name, departmentId }: Team): OrgEditInput[] {
  const edit = {
    ...(name !== old.name && { name }),
    ...(departmentId !== old.departmentId && { departmentId }),
  };
  return Object.keys(edit).length === 0 ? [] : [{ type: 'team.change', teamId: id, ...edit }];
}

/** A name that another still has when its turn comes is taken in a second step. */
function changedMembers(kept: readonly (readonly [Member, Member])[]): OrgEditInput[] {
  const holders = new Map(kept.map(([old]) => [old.name, old.id]));
  const first: OrgEditInput[] = [];
  const second: OrgEditInput[] = [];
  for (const [old, now] of kept) {
    const edit = changedMember(old, now);
    if (!edit) continue;
    const holder = holders.get(now.name);
    if (holder === undefined || holder === now.id) {
      first.push(edit);
      holders.delete(old.name);
      continue;
    }
    const aside = `${now.name} (${now.id})`.slice(0, 80);
    first.push({ ...edit, member: { ...edit.member, name: aside } });
    second.push({ type: 'member.change', memberId: now.id, member: { name: now.name } });
  }
  return [...first, ...second];
}

function changedMember(old: Member, now: Member): Extract<OrgEditInput, { type: 'member.change' }> | null {
  const [role, ...also] = now.roleIds;
  const member = {
    ...(now.name !== old.name && { name: now.name }),
    ...(now.kind !== old.kind && { kind: now.kind }),
    ...(!same(now.roleIds, old.roleIds) && role && { role, also }),
    ...(!same(now.tags, old.tags) && { tags: [...now.tags] }),
    ...(now.maxConcurrent !== old.maxConcurrent && { max_concurrent: now.maxConcurrent }),
    ...(!same(now.runner, old.runner) && { runner: now.runner && runnerFileOf(now.runner) }),
    ...(now.launcher !== old.launcher && { launcher: now.launcher ?? null }),
    ...(!same(now.budget, old.budget) && { budget: now.budget && budgetFileOf(now.budget) }),
  };
  const moves = now.teamId !== old.teamId;
  const changes = Object.keys(member).length > 0;
  if (!moves && !changes) return null;
  return {
    type: 'member.change',
    memberId: now.id,
    ...(changes && { member }),
    ...(moves && { teamId: now.teamId }),
  };
}

/** Whoever leaves a team loses its lead by that; only what differs beyond is said. */
function lead(old: Team | undefined, { id, leadId }: Team, members: readonly Member[]): OrgEditInput[] {
  const stays = old?.leadId ? members.find((member) => member.id === old.leadId) : undefined;
  const unchanged = (old?.leadId ?? null) === leadId;
  if (unchanged && (leadId === null || stays?.teamId === id)) return [];
  return [{ type: 'team.change', teamId: id, leadId }];
}

/** A head who goes to another team on the way loses the post and gets it back. */
function head(
  old: Department | undefined,
  { id, headId }: Department,
  before: OrgChart,
  after: OrgChart,
): OrgEditInput[] {
  const teamOf = ({ members }: OrgChart) => members.find((member) => member.id === headId)?.teamId;
  const placeOf = (chart: OrgChart) => chart.teams.find((team) => team.id === teamOf(chart))?.departmentId;
  const isSettled =
    headId === null || (teamOf(before) === teamOf(after) && placeOf(before) === placeOf(after));
  if ((old?.headId ?? null) === headId && isSettled) return [];
  return [{ type: 'department.change', departmentId: id, headId }];
}

/** What is inherited comes before what inherits it. */
function inOrderOfInheritance(roles: readonly Role[]): Role[] {
  const byId = new Map<string, Role>(roles.map((role) => [role.id, role]));
  const ordered = new Set<Role>();
  const visit = (role: Role, path: ReadonlySet<string>): void => {
    for (const id of role.inherits) {
      const inherited = byId.get(id);
      if (inherited && !path.has(id)) visit(inherited, new Set([...path, id]));
    }
    ordered.add(role);
  };
  for (const role of roles) visit(role, new Set([role.id]));
  return [...ordered];
}
