/** Gates that nobody signs in time. */
import { describe, expect, it } from 'vitest';
import { nextDue } from '../../../src/core/tick.ts';
import { minutes } from '../../../src/core/units.ts';
import type { Staff } from '../companies.ts';
import { company, oneGate, scaleup } from '../companies.ts';
import type { World } from '../kit.ts';
import { only, typesOf } from '../kit.ts';

type GateInput = Omit<Parameters<typeof oneGate>[0], 'name' | 'position'>;

function waiting(gate: GateInput, staff: Staff = scaleup): World {
  const world = company({
    staff,
    workflows: [oneGate({ name: 'review', position: 'after', timeout: '1h', ...gate })],
  });
  world.route('one_gate');
  world.finish('ann', 'Work');
  world.endWorkers();
  return world;
}

describe('a gate that times out', () => {
  it('asks the next role up in its department, then the ceo, each with a fresh deadline', () => {
    const world = waiting({ requires: { em: 1 } });
    expect(nextDue(world.state, null)).toBe(world.now + minutes(60));
    expect(world.pass(minutes(59))).toEqual([]);
    const first = only(world.pass(minutes(1)), 'gate.escalated');
    expect(first).toMatchObject({ roleId: 'em', to: 'vp_eng', deadline: world.now + minutes(60) });
    expect(world.reviews('review')).toMatchObject([{ roleId: 'vp_eng', review: { roleId: 'em' } }]);
    const second = only(world.pass(minutes(60)), 'gate.escalated');
    expect(second).toMatchObject({ to: 'ceo', deadline: null });
    expect(world.pass(minutes(10_000))).toEqual([]);
    expect(world.gate('review').state).toBe('waiting');
  });

  it('is signed by the role that was asked, as an override', () => {
    const world = waiting({ requires: { em: 1 } });
    world.pass(minutes(60));
    world.online('emma');
    const events = world.review('victor', 'review');
    expect(only(events, 'gate.signed').signOff).toMatchObject({ roleId: 'em', overrideBy: 'vp_eng' });
    expect(typesOf(events)).toContain('gate.opened');
  });

  it('skips a role that nobody holds', () => {
    const staff: Staff = {
      engineering: [
        { name: 'emma', role: 'em' },
        { name: 'ann', role: 'engineer' },
      ],
    };
    const world = waiting({ requires: { em: 1 } }, staff);
    expect(only(world.pass(minutes(60)), 'gate.escalated').to).toBe('ceo');
    expect(world.reviews('review')).toMatchObject([{ roleId: 'em' }]);
  });

  it('leaves a review alone that somebody works on', () => {
    const world = waiting({ requires: { em: 1 } });
    world.pass(minutes(59.5));
    const review = world.claim('emma');
    world.pass(minutes(0.5));
    expect(world.reviews('review').map(({ id }) => id)).toEqual([review?.id]);
  });

  it('asks only for the slots that are still open', () => {
    const world = waiting({ requires: { em: 1, pm: 1 } });
    world.review('pablo', 'review');
    expect(world.pass(minutes(60)).filter(({ type }) => type === 'gate.escalated')).toMatchObject([
      { roleId: 'em' },
    ]);
  });

  it('rejects by the clock where the workflow says so; it never approves', () => {
    const world = waiting({ requires: { em: 1 }, on_timeout: 'reject' });
    const events = world.pass(minutes(60));
    expect(only(events, 'gate.rejected').by).toBeNull();
    expect(only(events, 'task.sent_back').note.note).toMatch(/Nobody signed gate review in time/);
    world.finish('ann', 'Work');
    expect(world.gate('review').deadline).toBe(world.now + minutes(60));
  });

  it('does nothing once it is open', () => {
    const world = waiting({ requires: { em: 1 } });
    world.sign('owner', 'review');
    expect(nextDue(world.state, null)).toBeNull();
    expect(world.pass(minutes(120))).toEqual([]);
  });
});
