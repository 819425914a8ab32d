import { describe, expect, it } from 'vitest';
import type { CommandInput } from '../../../src/core/command.ts';
import type { RoleId, WorkerId } from '../../../src/core/ids.ts';
import { dumpState } from '../../../src/core/state.ts';
import type { TestCompany } from '../company.ts';
import { found } from '../company.ts';

const guard = {
  id: 'guard',
  title: 'Guard',
  department: 'qa',
  inherits: ['qa_eng'],
  capabilities: ['watch'],
};
const roleId = (text: string) => text as RoleId;

/** Two departments, a custom role in use, and a workflow that needs its capability. */
function acme(): TestCompany {
  return found({
    name: 'Acme',
    departments: [
      {
        name: 'engineering',
        head: 'eli',
        teams: [
          {
            name: 'web',
            lead: 'eli',
            members: [
              { name: 'eli', role: 'em' },
              { name: 'ada', role: 'engineer' },
            ],
          },
          { name: 'api', members: [] },
        ],
      },
      { name: 'qa', teams: [{ name: 'tests', members: [{ name: 'gil', role: 'guard' }] }] },
    ],
    roles: [guard, { id: 'spare', title: 'Spare', department: 'qa', capabilities: ['idle'] }],
    workflows: [
      {
        name: 'watching',
        steps: [{ id: 1, title: 'Watch', role: 'qa_eng', requires_capabilities: ['watch'] }],
      },
      { name: 'sparing', steps: [{ id: 1, title: 'S', role: 'pm', gates: [spareGate] }] },
    ],
  });
}
const spareGate = { name: 'g', position: 'after' as const, requires: { spare: 1 } };

type Ask = (company: TestCompany) => CommandInput;

describe('refusals of org commands', () => {
  it.each<[string, Ask, string, string]>([
    [
      'a built-in role redefined',
      () => ({ type: 'role.define', role: { ...guard, id: 'em' } }),
      'BAD_INPUT',
      'built-in',
    ],
    [
      'a role that inherits itself',
      () => ({ type: 'role.define', role: { ...guard, inherits: ['guard'] } }),
      'BAD_INPUT',
      '`guard` → `guard`',
    ],
    [
      'a cycle through another role',
      (c) => {
        c.run({ type: 'role.define', role: { ...guard, id: 'over', inherits: ['guard'] } }, 'owner');
        return { type: 'role.define', role: { ...guard, inherits: ['over'] } };
      },
      'BAD_INPUT',
      '`guard` → `over` → `guard`',
    ],
    [
      'an unknown role to inherit',
      () => ({ type: 'role.define', role: { ...guard, id: 'new', inherits: ['qa_led'] } }),
      'BAD_INPUT',
      'did you mean `qa_lead`?',
    ],
    [
      'an unknown department of a role',
      () => ({ type: 'role.define', role: { ...guard, department: 'qq' } }),
      'BAD_INPUT',
      'no department `qq`',
    ],
    [
      'a capability taken away that a step requires',
      () => ({ type: 'role.define', role: { ...guard, capabilities: [] } }),
      'IN_USE',
      'step 1 of the workflow `watching`',
    ],
    [
      'a built-in role removed',
      () => ({ type: 'role.remove', roleId: roleId('em') }),
      'BAD_INPUT',
      'built-in',
    ],
    [
      'a role of a member removed',
      () => ({ type: 'role.remove', roleId: roleId('guard') }),
      'IN_USE',
      'member gil',
    ],
    [
      'a role of a gate removed',
      () => ({ type: 'role.remove', roleId: roleId('spare') }),
      'IN_USE',
      'workflow sparing',
    ],
    [
      'no role removed',
      () => ({ type: 'role.remove', roleId: roleId('none') }),
      'NOT_FOUND',
      'no role `none`',
    ],
    ['a second department', () => ({ type: 'department.add', name: 'qa' }), 'NAME_TAKEN', 'department qa'],
    [
      'a department renamed to another',
      (c) => ({ type: 'department.change', departmentId: c.department('qa').id, name: 'engineering' }),
      'NAME_TAKEN',
      'department engineering',
    ],
    [
      'a head from elsewhere',
      (c) => ({ type: 'department.change', departmentId: c.department('qa').id, headId: c.member('ada').id }),
      'BAD_INPUT',
      "ada can't head qa",
    ],
    [
      'a department with teams removed',
      (c) => ({ type: 'department.remove', departmentId: c.department('qa').id }),
      'IN_USE',
      'the teams tests',
    ],
    [
      'a second team',
      (c) => ({ type: 'team.add', departmentId: c.department('engineering').id, name: 'web' }),
      'NAME_TAKEN',
      'team web',
    ],
    [
      'a lead from elsewhere',
      (c) => ({ type: 'team.change', teamId: c.team('api').id, leadId: c.member('ada').id }),
      'BAD_INPUT',
      "ada can't lead api",
    ],
    [
      'a team with members removed',
      (c) => ({ type: 'team.remove', teamId: c.team('web').id }),
      'IN_USE',
      'the members ada, eli',
    ],
    [
      'a second member of a name',
      (c) => ({ type: 'member.add', teamId: c.team('api').id, member: { name: 'ada', role: 'em' } }),
      'NAME_TAKEN',
      'member ada',
    ],
    [
      'a member of an unknown role',
      () => ({ type: 'member.add', teamId: null, member: { name: 'new', role: 'engneer' } }),
      'NOT_FOUND',
      'did you mean `engineer`?',
    ],
    [
      'an agent with several roles',
      (c) => ({ type: 'member.change', memberId: c.member('ada').id, member: { also: ['pm'] } }),
      'BAD_INPUT',
      'an agent has one',
    ],
    [
      'an owner without ceo',
      (c) => ({ type: 'member.change', memberId: c.member('owner').id, member: { role: 'pm' } }),
      'BAD_INPUT',
      'stays a human `ceo`',
    ],
    [
      'an owner in a team',
      (c) => ({ type: 'member.change', memberId: c.member('owner').id, teamId: c.team('web').id }),
      'BAD_INPUT',
      'above the teams',
    ],
    [
      'the owner removed',
      (c) => ({ type: 'member.remove', memberId: c.member('owner').id }),
      'IN_USE',
      'is the owner',
    ],
    [
      'a member with a worker removed',
      (c) => {
        startWorker(c);
        return { type: 'member.remove', memberId: c.member('ada').id };
      },
      'IN_USE',
      'drain it first',
    ],
    [
      'a member at work removed',
      (c) => {
        startWorker(c);
        c.run({ type: 'task.create', title: 'T', roleId: roleId('engineer') }, 'owner');
        c.run({ type: 'task.claim', workerId: worker }, 'ada');
        return { type: 'member.remove', memberId: c.member('ada').id };
      },
      'IN_USE',
      'still at work on "',
    ],
  ])('%s', (_what, ask, code, reason) => {
    const company = acme();
    const command = ask(company);
    const before = dumpState(company.state);
    expect(() => company.run(command, 'owner')).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(reason) }),
    );
    expect(dumpState(company.state)).toEqual(before);
  });
});

const worker = 'worker_1' as WorkerId;

function startWorker(company: TestCompany): void {
  const memberId = company.member('ada').id;
  company.run({ type: 'worker.start', workerId: worker, memberId, launcher: 'subprocess', runner: 'script' });
  company.run({ type: 'worker.report_ready', workerId: worker, pid: 1 }, 'ada');
}

describe('changes of the org model', () => {
  it('replaces a custom role, and every answer follows', () => {
    const company = acme();
    company.run({ type: 'role.define', role: { ...guard, inherits: ['qa_lead'] } }, 'owner');
    expect(company.state.index.roles.distance(roleId('guard'), roleId('qa_eng'))).toBe(2);
  });

  it('removes a custom role that nobody uses any more', () => {
    const company = acme();
    company.run({ type: 'workflow.remove', workflowId: 'sparing' as never }, 'owner');
    company.run({ type: 'role.remove', roleId: roleId('spare') }, 'owner');
    expect(company.state.roles.get(roleId('spare'))).toBeUndefined();
  });

  it('keeps what a change of a member does not name', () => {
    const company = acme();
    company.run(
      { type: 'member.change', memberId: company.member('ada').id, member: { tags: ['x'] } },
      'owner',
    );
    company.run(
      { type: 'member.change', memberId: company.member('ada').id, member: { max_concurrent: 3 } },
      'owner',
    );
    expect(company.member('ada')).toMatchObject({
      kind: 'agent',
      tags: ['x'],
      maxConcurrent: 3,
      roleIds: ['engineer'],
    });
  });

  it('takes the posts from a member who moves away', () => {
    const company = acme();
    const eli = company.member('eli').id;
    const toApi: CommandInput = { type: 'member.change', memberId: eli, teamId: company.team('api').id };
    expect(company.run(toApi, 'owner').map(({ type }) => type)).toEqual(['member.changed', 'team.changed']);
    expect(company.department('engineering').headId).toBe(eli);
    company.run({ type: 'member.change', memberId: eli, teamId: company.team('tests').id }, 'owner');
    expect(company.department('engineering').headId).toBeNull();
  });

  it('takes the posts from a member who is removed', () => {
    const company = acme();
    company.run({ type: 'member.remove', memberId: company.member('eli').id }, 'owner');
    expect(company.team('web').leadId).toBeNull();
    expect(company.department('engineering').headId).toBeNull();
    expect([...company.state.index.membersByName.get('eli')]).toEqual([]);
  });

  it('takes the head from a department whose team moves away with them', () => {
    const company = acme();
    const { id: departmentId } = company.department('qa');
    company.run({ type: 'team.change', teamId: company.team('web').id, departmentId }, 'owner');
    expect(company.department('engineering').headId).toBeNull();
    expect(company.team('web')).toMatchObject({ departmentId, leadId: company.member('eli').id });
  });

  it.each<[string, Ask]>([
    ['member', (c) => ({ type: 'member.change', memberId: c.member('ada').id, member: { name: 'ada' } })],
    ['team', (c) => ({ type: 'team.change', teamId: c.team('web').id, name: 'web' })],
    ['department', (c) => ({ type: 'department.change', departmentId: c.department('qa').id, name: 'qa' })],
    ['role', () => ({ type: 'role.define', role: guard })],
  ])('has no event when a %s stays as it is', (_what, ask) => {
    const company = acme();
    expect(company.run(ask(company), 'owner')).toEqual([]);
  });

  it('adds and removes a department with a team and its member', () => {
    const company = acme();
    company.run({ type: 'department.add', name: 'support' }, 'owner');
    const { id: departmentId } = company.department('support');
    company.run({ type: 'team.add', departmentId, name: 'help' }, 'owner');
    const { id: teamId } = company.team('help');
    company.run({ type: 'member.add', teamId, member: { name: 'sam', role: 'support_eng' } }, 'owner');
    const { id: memberId } = company.member('sam');
    company.run({ type: 'team.change', teamId, leadId: memberId }, 'owner');
    company.run({ type: 'department.change', departmentId, headId: memberId }, 'owner');
    expect(company.department('support').headId).toBe(memberId);
    company.run({ type: 'member.remove', memberId }, 'owner');
    company.run({ type: 'team.remove', teamId }, 'owner');
    company.run({ type: 'department.remove', departmentId }, 'owner');
    expect(company.state.departments.size).toBe(2);
  });
});
