/** A company in memory for tests of the core: commands go in as their callers write them, through `transact`. */
import { createHash } from 'node:crypto';
import type { CommandInput } from '../../src/core/command.ts';
import { commandSchema } from '../../src/core/command.ts';
import type { Actor, Context } from '../../src/core/context.ts';
import { hostAlone } from '../../src/core/context.ts';
import type { CompanyEvent } from '../../src/core/event.ts';
import type { ArtifactHash, RoleId } from '../../src/core/ids.ts';
import type { Member, Role } from '../../src/core/org/org.ts';
import type { CompanyState } from '../../src/core/state.ts';
import { emptyState } from '../../src/core/state.ts';
import { transact } from '../../src/core/transact.ts';
import type { EpochMs } from '../../src/core/units.ts';

type CreateCompany = Extract<CommandInput, { type: 'company.create' }>;

export class TestCompany {
  readonly state: CompanyState = emptyState();
  now = 1_000_000 as EpochMs;
  #lastId = 0;

  /** @param by a member's name; the host when left out */
  run(command: CommandInput, by?: string): CompanyEvent[] {
    const actor: Actor =
      by === undefined ? { kind: 'host' } : { kind: 'member', memberId: this.member(by).id };
    const context: Context = {
      ...hostAlone,
      now: this.now,
      actor,
      newId: ((kind: string) => {
        this.#lastId += 1;
        return `${kind}_${this.#lastId}`;
      }) as Context['newId'],
      sha256: (text) => createHash('sha256').update(text).digest('hex') as ArtifactHash,
    };
    // The journal is open, as it is in the coordinator: only so a refusal takes back what was folded.
    this.state.journal.begin();
    try {
      return transact(this.state, commandSchema.parse(command), context).map(({ event }) => event);
    } finally {
      this.state.journal.commit();
    }
  }

  member(name: string): Member {
    const [member] = this.state.index.membersByName.get(name);
    if (!member) throw new Error(`the test company has no member ${name}`);
    return member;
  }

  role(id: string): Role {
    const role = this.state.roles.get(id as RoleId);
    if (!role) throw new Error(`the test company has no role ${id}`);
    return role;
  }

  team(name: string) {
    return named(this.state.teams.values(), name);
  }

  department(name: string) {
    return named(this.state.departments.values(), name);
  }
}

/** One department `all` with one team `team`, and a member for each `name: role`; `name: role!` is a human. */
export function companyOf(
  members: Readonly<Record<string, string>>,
  more: Partial<CreateCompany['file']> = {},
  workflows: CreateCompany['workflows'] = [],
): TestCompany {
  const files = Object.entries(members).map(([name, role]) => ({
    name,
    role: role.replace('!', ''),
    kind: role.endsWith('!') ? ('human' as const) : ('agent' as const),
  }));
  return found(
    { name: 'Test', departments: [{ name: 'all', teams: [{ name: 'team', members: files }] }], ...more },
    workflows,
  );
}

export function found(file: CreateCompany['file'], workflows: CreateCompany['workflows'] = []): TestCompany {
  const company = new TestCompany();
  company.run({ type: 'company.create', file, workflows });
  return company;
}

function named<Row extends { readonly name: string }>(rows: Iterable<Row>, name: string): Row {
  const row = [...rows].find((other) => other.name === name);
  if (!row) throw new Error(`the test company has no ${name}`);
  return row;
}
