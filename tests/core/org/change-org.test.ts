/** Several edits in one command: all of them or none, each allowed and decided as if it were given alone. */
import { expect, it } from 'vitest';
import type { OrgEditInput } from '../../../src/core/org/org-commands.ts';
import { dumpState } from '../../../src/core/state.ts';
import { company } from '../companies.ts';
import type { World } from '../kit.ts';

const change = (edits: OrgEditInput[]) => ({ type: 'org.change' as const, edits });
const team = (world: World, name: string) =>
  world.state.teams.dump().find((row) => row.name === name)?.id ?? '';

it('lets later edits mean what earlier ones added', () => {
  const world = company();
  world.do(
    'owner',
    change([
      { type: 'department.add', name: 'legal', as: 'new_legal' },
      { type: 'team.add', departmentId: 'new_legal', name: 'contracts', as: 'new_team' },
      { type: 'member.add', teamId: 'new_team', member: { name: 'lea', role: 'pm' }, as: 'new_lea' },
      { type: 'team.change', teamId: 'new_team', leadId: 'new_lea' },
      { type: 'department.change', departmentId: 'new_legal', headId: 'new_lea' },
    ]),
  );
  const lea = world.member('lea');
  const contracts = world.state.teams.get(lea.teamId ?? ('' as never));
  const legal = world.state.departments.dump().find(({ name }) => name === 'legal');
  expect(contracts).toMatchObject({ name: 'contracts', departmentId: legal?.id, leadId: lea.id });
  expect(legal?.headId).toBe(lea.id);
  expect([lea.id, legal?.id, contracts?.id].join(' ')).not.toContain('new_');
});

it('leaves no trace when one of its edits is refused, and says which', () => {
  const world = company();
  const before = dumpState(world.state);
  const refusal = world.refusal(
    'owner',
    change([
      { type: 'member.change', memberId: world.member('ann').id, teamId: team(world, 'qa team') },
      { type: 'member.change', memberId: world.member('bob').id, member: { name: 'ann' } },
    ]),
  );
  expect(refusal).toMatchObject({ code: 'NAME_TAKEN', details: { edit: 1 } });
  expect(dumpState(world.state)).toEqual(before);
});

it('asks of whoever gives it what each edit asks for alone', () => {
  const world = company();
  const rename: OrgEditInput = { type: 'team.change', teamId: team(world, 'engineering team'), name: 'core' };
  const hire: OrgEditInput = { type: 'member.add', teamId: null, member: { name: 'x', role: 'ceo' } };
  expect(world.refusal('victor', change([rename, hire]))).toMatchObject({
    code: 'FORBIDDEN',
    details: { edit: 1 },
  });
  expect(world.do('victor', change([rename])).map(({ type }) => type)).toEqual(['team.changed']);
  expect(world.refusal('ann', change([rename]))).toMatchObject({ code: 'FORBIDDEN' });
});
