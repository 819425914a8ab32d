/** A sign-off counts only as long as its member may give it, until the gate is open. */
import { describe, expect, it } from 'vitest';
import type { Staff } from '../companies.ts';
import { company, oneGate, scaleup } from '../companies.ts';
import type { World } from '../kit.ts';
import { only } from '../kit.ts';

const staff: Staff = {
  ...scaleup,
  engineering: [...(scaleup['engineering'] ?? []), { name: 'hera', role: 'em', kind: 'human' }],
};

function signedByHera(requires: Record<string, number>): World {
  const world = company({ staff, workflows: [oneGate({ name: 'review', position: 'after', requires })] });
  world.route('one_gate');
  world.finish('ann', 'Work');
  world.sign('hera', 'review');
  return world;
}

const changeHera = (world: World, role: string) =>
  world.do('owner', { type: 'member.change', memberId: world.member('hera').id, member: { role } });

describe('a sign-off of a member', () => {
  it('is void once they lose the role, and somebody else is asked', () => {
    const world = signedByHera({ em: 1, pm: 1 });
    const events = changeHera(world, 'engineer');
    expect(only(events, 'gate.sign_off_voided')).toMatchObject({ roleId: 'em' });
    expect(world.gate('review')).toMatchObject({ state: 'waiting', signOffs: [] });
    expect(
      world
        .reviews('review')
        .map(({ review }) => review?.roleId)
        .sort(),
    ).toEqual(['em', 'pm']);
    world.sign('owner', 'review', 'approve', { roleId: 'pm' });
    expect(world.gate('review').state).toBe('waiting');
    world.review('emma', 'review');
    expect(world.gate('review').state).toBe('open');
  });

  it('is void once they leave', () => {
    const world = signedByHera({ em: 1, pm: 1 });
    world.do('owner', { type: 'member.remove', memberId: world.member('hera').id });
    expect(world.gate('review').signOffs).toEqual([]);
  });

  it('stays while another role of theirs is as good', () => {
    const world = signedByHera({ em: 1, pm: 1 });
    changeHera(world, 'vp_eng');
    expect(world.gate('review').signOffs).toHaveLength(1);
  });

  it('does not shut a gate that it opened', () => {
    const world = signedByHera({ em: 1 });
    changeHera(world, 'engineer');
    expect(world.gate('review')).toMatchObject({ state: 'open', signOffs: [{ roleId: 'em' }] });
    expect(world.task('Work').state).toBe('done');
  });
});
