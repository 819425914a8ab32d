import { describe, expect, it } from 'vitest';
import type { Capability, RoleId } from '../../../src/core/ids.ts';
import { entitlement } from '../../../src/core/org/entitlement.ts';
import { holders, requireMember, seniority, whyCapability } from '../../../src/core/org/membership.ts';
import { companyOf } from '../company.ts';

const { state, member } = (() => {
  const company = companyOf(
    {
      pam: 'pm',
      vic: 'vp_eng',
      ema: 'em',
      ada: 'engineer',
      vee: 'vp_product',
      sid: 'support_lead',
      zoe: 'auditor',
      max: 'vp_max',
    },
    {
      roles: [
        {
          id: 'auditor',
          title: 'Auditor',
          department: 'qa',
          inherits: ['engineer'],
          capabilities: ['audit'],
        },
        { id: 'vp_max', title: 'VP Max', department: 'engineering', inherits: ['vp_eng', 'qa_lead'] },
      ],
    },
  );
  return { state: company.state, member: (name: string) => company.member(name) };
})();

describe('why a member holds a capability', () => {
  it.each([
    ['ada', 'write_tests', ['engineer']],
    ['vic', 'write_tests', ['vp_eng', 'em', 'senior_eng', 'engineer']],
    // Two roles below have it: the nearer one is the reason.
    ['vic', 'deploy_staging', ['vp_eng', 'sre']],
    ['owner', 'approve_release', ['ceo', 'qa_lead']],
    ['zoe', 'audit', ['auditor']],
    ['ada', 'approve_merge', null],
  ])('%s · %s', (name, capability, path) => {
    expect(whyCapability(state, member(name), capability as Capability)).toEqual(path);
  });

  it('names those who hold one', () => {
    const names = holders(state, 'file_bugs' as Capability).map(({ name }) => name);
    expect(names).toEqual(['max', 'owner', 'sid']);
  });
});

describe('seniority', () => {
  it.each([
    ['ada', 'engineer', 0],
    ['ema', 'engineer', 2],
    ['ada', 'em', null],
  ])('of %s over %s is %s', (name, role, distance) => {
    expect(seniority(state, member(name), role as RoleId)).toBe(distance);
  });
});

describe('entitlement', () => {
  it.each([
    ['ema', 'em', { overrideBy: null }],
    ['vic', 'em', { overrideBy: 'vp_eng' }],
    ['vee', 'pm', { overrideBy: 'vp_product' }],
    ['owner', 'pm', { overrideBy: 'ceo' }],
    ['owner', 'auditor', { overrideBy: 'ceo' }],
    ['pam', 'em', null],
    ['ada', 'em', null],
    // Inherits engineer, but from another department.
    ['zoe', 'engineer', null],
    // Inherits qa_lead from engineering: no override across departments.
    ['max', 'qa_lead', null],
    ['max', 'em', { overrideBy: 'vp_max' }],
  ])('of %s for a slot of %s', (name, role, expected) => {
    expect(entitlement(state, member(name), role as RoleId)).toEqual(expected);
  });
});

it('refuses a member that is not there', () => {
  expect(() => requireMember(state, 'member_x' as never)).toThrow(
    expect.objectContaining({ code: 'NOT_FOUND' }),
  );
});
