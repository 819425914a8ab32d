/** Companies for tests, written in code so that they don't change with the templates. */
import type { z } from 'zod';
import type { companyFileSchema } from '../../src/core/org/company-file.ts';
import type { workflowFileSchema } from '../../src/core/workflow/workflow-file.ts';
import { host, World } from './kit.ts';

export type CompanyFileInput = z.input<typeof companyFileSchema>;
export type WorkflowFileInput = z.input<typeof workflowFileSchema>;
export type MemberInput = {
  name: string;
  role: string;
  kind?: 'agent' | 'human';
  max_concurrent?: number;
  budget?: { money?: number; tokens?: number };
};

/** Each department with the members of its one team. */
export type Staff = Readonly<Record<string, readonly MemberInput[]>>;

/** One agent or more of every role, as in a grown company. */
export const scaleup: Staff = {
  product: [
    { name: 'vera', role: 'vp_product' },
    { name: 'pablo', role: 'pm' },
    { name: 'petra', role: 'pm' },
    { name: 'dora', role: 'designer' },
    { name: 'uma', role: 'ux_researcher' },
  ],
  engineering: [
    { name: 'victor', role: 'vp_eng' },
    { name: 'emma', role: 'em' },
    { name: 'sven', role: 'senior_eng' },
    { name: 'ann', role: 'engineer' },
    { name: 'bob', role: 'engineer' },
    { name: 'rita', role: 'sre' },
  ],
  qa: [
    { name: 'quentin', role: 'qa_lead' },
    { name: 'tara', role: 'qa_eng' },
  ],
  marketing: [
    { name: 'mia', role: 'vp_marketing' },
    { name: 'gina', role: 'growth' },
    { name: 'cole', role: 'content' },
  ],
  support: [
    { name: 'sara', role: 'support_lead' },
    { name: 'sam', role: 'support_eng' },
  ],
};

export interface CompanyOptions {
  readonly staff?: Staff;
  readonly workflows?: readonly WorkflowFileInput[];
  readonly policy?: CompanyFileInput['policy'];
  readonly roles?: CompanyFileInput['roles'];
}

/** A world with that company in it; the owner is `owner`. */
export function company({ staff = scaleup, workflows = [], policy, roles }: CompanyOptions = {}): World {
  const world = new World();
  const departments = Object.entries(staff).map(([name, members]) => ({
    name,
    teams: [{ name: `${name} team`, members: [...members] }],
  }));
  const file: CompanyFileInput = {
    name: 'Test company',
    departments,
    policy: policy ?? {},
    roles: roles ?? [],
  };
  world.do(host, { type: 'company.create', file, workflows: [...workflows] } as never);
  return world;
}

/** A workflow with one step for an engineer and the gate that is given. */
export function oneGate(
  gate: NonNullable<WorkflowFileInput['steps'][number]['gates']>[number],
): WorkflowFileInput {
  return {
    name: 'one_gate',
    steps: [{ id: 'work', title: 'Work', role: 'engineer', gates: [gate] }],
  };
}
