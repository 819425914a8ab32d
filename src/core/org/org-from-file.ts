/** Turns the members and roles of checked files into the rows that the company keeps. */
import type { Budget } from '../budget/budget.ts';
import type { MemberId, RoleId, TeamId } from '../ids.ts';
import type { MicroUsd } from '../units.ts';
import type { CompanyFile, MemberChange, MemberFile } from './company-file.ts';
import type { Member, Role, RunnerChoice } from './org.ts';

type RoleFile = CompanyFile['roles'][number];
type RunnerFile = NonNullable<MemberFile['runner']>;
type BudgetFile = NonNullable<MemberFile['budget']>;

export function customRole(file: RoleFile): Role {
  return {
    id: file.id,
    title: file.title,
    department: file.department,
    inherits: [...new Set(file.inherits)],
    capabilities: [...new Set(file.capabilities)],
    custom: true,
  };
}

export function memberFrom(id: MemberId, file: MemberFile, teamId: TeamId | null): Member {
  return {
    id,
    name: file.name,
    kind: file.kind,
    roleIds: rolesFrom(file.role, file.also),
    teamId,
    tags: [...new Set(file.tags)],
    runner: file.runner ? runnerFrom(file.runner) : null,
    ...(file.launcher && { launcher: file.launcher }),
    maxConcurrent: file.max_concurrent,
    budget: file.budget ? budgetFrom(file.budget) : null,
    pause: null,
  };
}

/** The member with what the change names; the rest stays. */
export function changedMember(member: Member, change: MemberChange): Member {
  const [first, ...others] = member.roleIds;
  const role = change.role ?? first;
  const { launcher: before, ...rest } = member;
  const launcher = change.launcher === undefined ? before : change.launcher;
  return {
    ...rest,
    ...(launcher && { launcher }),
    name: change.name ?? member.name,
    kind: change.kind ?? member.kind,
    roleIds: role ? rolesFrom(role, change.also ?? others) : member.roleIds,
    tags: change.tags ? [...new Set(change.tags)] : member.tags,
    maxConcurrent: change.max_concurrent ?? member.maxConcurrent,
    runner: change.runner === undefined ? member.runner : change.runner && runnerFrom(change.runner),
    budget: change.budget === undefined ? member.budget : change.budget && budgetFrom(change.budget),
  };
}

const rolesFrom = (role: RoleId, also: readonly RoleId[]): RoleId[] => [...new Set([role, ...also])];

function runnerFrom({ name, ...options }: RunnerFile): RunnerChoice {
  return { name, options };
}

function budgetFrom({ money, tokens }: BudgetFile): Budget {
  return {
    money: money === undefined ? null : (Math.round(money * 1_000_000) as MicroUsd),
    tokens: tokens ?? null,
  };
}
