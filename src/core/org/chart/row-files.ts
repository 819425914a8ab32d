/** Rows of the org model as a company file writes them: the way back from `org-from-file`. */
import type { Budget } from '../../budget/budget.ts';
import type { DurationMs } from '../../units.ts';
import type { MemberFile, MemberFileInput, PolicyFileInput, RoleFileInput } from '../company-file.ts';
import { durationText } from '../duration-text.ts';
import type { Member, Policy, Role, RunnerChoice } from '../org.ts';
import { defaultPolicy } from '../policy.ts';

type RunnerFile = NonNullable<MemberFile['runner']>;
type BudgetFile = NonNullable<MemberFile['budget']>;

/** What a member is by default is left out, as people do. */
export function memberFileOf(member: Member): MemberFileInput {
  const [role = '', ...also] = member.roleIds;
  return {
    name: member.name,
    role,
    ...(also.length > 0 && { also }),
    ...(member.kind === 'human' && { kind: 'human' as const }),
    ...(member.tags.length > 0 && { tags: [...member.tags] }),
    ...(member.maxConcurrent !== 1 && { max_concurrent: member.maxConcurrent }),
    ...(member.runner && { runner: shortRunner(member.runner) }),
    ...(member.launcher && { launcher: member.launcher }),
    ...(member.budget && { budget: budgetFileOf(member.budget) }),
  };
}

export function runnerFileOf({ name, options }: RunnerChoice): RunnerFile {
  return { ...options, name };
}

function shortRunner(runner: RunnerChoice): string | RunnerFile {
  return Object.keys(runner.options).length === 0 ? runner.name : runnerFileOf(runner);
}

export function budgetFileOf({ money, tokens }: Budget): BudgetFile {
  return { ...(money !== null && { money: money / 1_000_000 }), ...(tokens !== null && { tokens }) };
}

export function roleFileOf(role: Role): RoleFileInput {
  return {
    id: role.id,
    title: role.title,
    department: role.department,
    ...(role.inherits.length > 0 && { inherits: [...role.inherits] }),
    ...(role.capabilities.length > 0 && { capabilities: [...role.capabilities] }),
  };
}

/** What differs from the base, under the names of the file. */
export function policyFileOf(policy: Policy, base: Partial<Policy> = defaultPolicy): PolicyFileInput {
  const file: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(policy)) {
    if (value === base[key as keyof Policy]) continue;
    file[snakeCase(key)] = counted.has(key) ? value : durationText(value as DurationMs);
  }
  return file;
}

const counted: ReadonlySet<string> = new Set<keyof Policy>([
  'ownerMayFillSeveralSlots',
  'maxAttempts',
  'loopAfter',
  'maxRework',
]);

const snakeCase = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
