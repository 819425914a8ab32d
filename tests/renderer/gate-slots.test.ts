/** What the screens say of a gate's slots: who is asked, and what waits for the person at the page. */
import { expect, it } from 'vitest';
import { needsMember, slotsNeeding } from '../../src/core/gate/asked-slots.ts';
import { gateSlots, slotsOf } from '../../src/renderer/company/gate-slots.ts';
import { reasonToWait } from '../../src/renderer/company/reason-to-wait.ts';
import { gateHistory, inboxGroups } from '../../src/renderer/features/gates/gate-groups.ts';
import { company } from '../core/companies.ts';

const release = {
  name: 'release',
  steps: [
    {
      id: 'build',
      title: 'Build',
      role: 'engineer',
      gates: [
        { name: 'go', position: 'after' as const, requires: { em: 1, qa_lead: 1 }, human_required: true },
      ],
    },
  ],
};

function atTheGate() {
  const world = company({ workflows: [release] });
  world.route('release');
  world.finish('ann', 'Build');
  const owner = world.member('owner').id;
  return { world, owner };
}

it('asks an agent for one slot and keeps the other for a human', () => {
  const { world, owner } = atTheGate();
  const slots = gateSlots(world.state, world.gate('go'));
  expect(slots.map(({ key, review }) => [key, review !== null])).toEqual([
    ['em-0', true],
    ['qa_lead-1', false],
  ]);
  // The owner may sign either, but only one waits for nobody else.
  expect(slotsOf(slots, owner)).toHaveLength(2);
  expect(slotsNeeding(world.gate('go'), slots, owner).map(({ roleId }) => roleId)).toEqual(['qa_lead']);
  expect(needsMember(world.state, world.gate('go'), owner)).toBe(true);
  expect(needsMember(world.state, world.gate('go'), world.member('sam').id)).toBe(false);
});

it('names those who could sign with the owner last', () => {
  const { world } = atTheGate();
  const [em] = gateSlots(world.state, world.gate('go'));
  expect(em?.entitled.map(({ name }) => name).at(-1)).toBe('owner');
  expect(em?.entitled.map(({ name }) => name)).toContain('emma');
});

it('tells the person whom a task waits for that it is them, and the others what it waits for', () => {
  const { world, owner } = atTheGate();
  const task = world.task('Build');
  expect(reasonToWait(world.state, task, owner, world.now)).toEqual({
    text: 'go needs you, as qa_lead',
    yours: true,
  });
  expect(reasonToWait(world.state, task, world.member('sam').id, world.now)).toMatchObject({ yours: false });
});

it('keeps the gate in the inbox until it opens, then in the history', () => {
  const { world, owner } = atTheGate();
  const titles = () => inboxGroups(world.state, owner).map(({ title }) => title);
  expect(titles()).toEqual(['Needs you']);
  world.sign('owner', 'go', 'approve', { roleId: 'qa_lead' });
  expect(titles()).toEqual(['Others are asked']);
  world.review('emma', 'go');
  expect(titles()).toEqual([]);
  expect(gateHistory(world.state).map(({ name }) => name)).toEqual(['go']);
});

it('says that a gate was vetoed, and that work was sent back', () => {
  const { world, owner } = atTheGate();
  world.sign('owner', 'go', 'veto');
  expect(inboxGroups(world.state, owner).map(({ title }) => title)).toEqual(['Vetoed']);
  world.do('owner', { type: 'gate.arbitrate', gateId: world.gate('go').id, ruling: 'rework', note: 'again' });
  expect(inboxGroups(world.state, owner).map(({ title }) => title)).toEqual(['Sent back']);
});
