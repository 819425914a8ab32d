import { describe, expect, it } from 'vitest';
import type { CommandInput } from '../../../src/core/command.ts';
import { dumpState, emptyState } from '../../../src/core/state.ts';
import { companyOf, found, TestCompany } from '../company.ts';

type CompanyFileInput = Extract<CommandInput, { type: 'company.create' }>['file'];

const step = { id: 1, title: 'Do', role: 'em' };

describe('company.create', () => {
  it('makes the whole company of a file', () => {
    const company = found(
      {
        name: 'Acme',
        template: 'custom',
        version: 3,
        policy: { lease: '90s', owner_may_fill_several_slots: true },
        departments: [
          {
            name: 'engineering',
            head: 'eli',
            teams: [
              {
                name: 'web',
                lead: 'ada',
                members: [
                  { name: 'eli', role: 'em', tags: ['x', 'x'], budget: { money: 1.5, tokens: 10 } },
                  {
                    name: 'ada',
                    role: 'guard',
                    runner: { name: 'command', command: 'make' },
                    max_concurrent: 2,
                  },
                  { name: 'hal', role: 'pm', also: ['designer'], kind: 'human' },
                ],
              },
            ],
          },
        ],
        roles: [{ id: 'guard', title: 'Guard', department: 'engineering', inherits: ['engineer'] }],
        workflows: ['short', { name: 'own', steps: [step] }],
      },
      [{ name: 'short', version: 2, steps: [step] }],
    );
    const { state } = company;
    expect(state.company).toMatchObject({
      name: 'Acme',
      version: 3,
      ownerId: company.member('owner').id,
      policy: { lease: 90_000, heartbeat: 15_000, ownerMayFillSeveralSlots: true },
    });
    expect(company.member('owner')).toMatchObject({ kind: 'human', roleIds: ['ceo'], teamId: null });
    expect(company.member('eli')).toMatchObject({
      roleIds: ['em'],
      tags: ['x'],
      runner: null,
      budget: { money: 1_500_000, tokens: 10 },
    });
    expect(company.member('ada')).toMatchObject({
      roleIds: ['guard'],
      maxConcurrent: 2,
      runner: { name: 'command', options: { command: 'make' } },
    });
    expect(company.member('hal')).toMatchObject({ roleIds: ['pm', 'designer'], kind: 'human' });
    expect(company.team('web').leadId).toBe(company.member('ada').id);
    expect(company.department('engineering').headId).toBe(company.member('eli').id);
    expect(company.role('guard')).toMatchObject({ custom: true, capabilities: [] });
    expect(state.roles.size).toBe(18);
    expect(state.workflows.dump().map(({ id, version }) => [id, version])).toEqual([
      ['own', 1],
      ['short', 2],
    ]);
  });

  const team = (members: object[], more: object = {}) => ({
    departments: [{ name: 'd', teams: [{ name: 't', members, ...more }] }],
  });
  it.each<[string, object, string]>([
    ['an unknown role', team([{ name: 'a', role: 'engneer' }]), 'did you mean `engineer`?'],
    [
      'two members of a name',
      team([
        { name: 'a', role: 'em' },
        { name: 'a', role: 'pm' },
      ]),
      'a second member `a`',
    ],
    ["the owner's name", team([{ name: 'owner', role: 'em' }]), "`owner` is the owner's name"],
    ['two departments of a name', { departments: [{ name: 'd' }, { name: 'd' }] }, 'a second department `d`'],
    [
      'two teams of a name',
      { departments: [{ name: 'd', teams: [{ name: 't' }, { name: 't' }] }] },
      'a second team `t`',
    ],
    ['an unknown lead', team([{ name: 'ann', role: 'em' }], { lead: 'anne' }), 'did you mean `ann`?'],
    [
      'a head of another department',
      { departments: [...team([{ name: 'ann', role: 'em' }]).departments, { name: 'e', head: 'ann' }] },
      "`ann` can't be the head",
    ],
    [
      'a cycle of roles',
      {
        roles: [
          { id: 'x', title: 'X', department: 'qa', inherits: ['y'] },
          { id: 'y', title: 'Y', department: 'qa', inherits: ['x'] },
        ],
      },
      '`x` → `y` → `x`',
    ],
    ['a built-in role', { roles: [{ id: 'em', title: 'E', department: 'qa' }] }, '`em` is a built-in role'],
    ['an unknown workflow', { workflows: ['nope'] }, 'there is no workflow `nope`'],
    [
      'a cycle of steps',
      { workflows: [{ name: 'w', steps: [{ ...step, depends_on: [1] }] }] },
      'steps wait for each other: `1` → `1`',
    ],
    ['an agent of two roles', team([{ name: 'a', role: 'em', also: ['pm'] }]), 'an agent has one role'],
  ])('refuses %s, and leaves nothing half made', (_what, file, reason) => {
    const company = new TestCompany();
    const whole = { name: 'X', ...file } as CompanyFileInput;
    expect(() => company.run({ type: 'company.create', file: whole, workflows: [] })).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringContaining(reason) }),
    );
    expect(dumpState(company.state)).toEqual(dumpState(emptyState()));
  });

  it('names every problem at once', () => {
    const file = { name: 'X', workflows: ['nope', 'neither'] };
    expect(() => found(file)).toThrow(/`nope`.*`neither`/);
  });

  it('refuses a length of time that is nothing', () => {
    expect(() => found({ name: 'X', policy: { heartbeat: '0s' } })).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT' }),
    );
  });

  it('refuses a second company in the same log', () => {
    const company = companyOf({});
    expect(() => company.run({ type: 'company.create', file: { name: 'Y' }, workflows: [] })).toThrow(
      expect.objectContaining({ code: 'COMPANY_EXISTS' }),
    );
  });
});

describe('company.configure', () => {
  it('changes what is named and keeps the rest', () => {
    const company = found({ name: 'X', policy: { lease: '90s' } });
    company.run({ type: 'company.configure', policy: { heartbeat: '5s' } }, 'owner');
    expect(company.state.company).toMatchObject({ name: 'X', policy: { lease: 90_000, heartbeat: 5_000 } });
  });

  it('has no event when nothing changes', () => {
    expect(companyOf({}).run({ type: 'company.configure', name: 'Test' }, 'owner')).toEqual([]);
  });
});
