/** How the first epic is told to somebody who sees one for the first time. */
import { expect, it } from 'vitest';
import {
  demoFigures,
  demoState,
  demoWorkflow,
  signedArtifacts,
} from '../../src/renderer/features/onboarding/demo-state.ts';
import { company } from '../core/companies.ts';

interface GateWritten {
  name: string;
  position: 'after';
  requires: Record<string, number>;
  human_required: boolean;
}
const go: GateWritten = {
  ...{ name: 'go', position: 'after', requires: { em: 1, qa_lead: 1 }, human_required: true },
};
const step = (id: string, gates: GateWritten[] = []) => ({ id, title: `Do ${id}`, role: 'engineer', gates });
const signed = { name: 'signed', steps: [step('build', [go])] };
const longer = { name: 'longer', steps: [step('a', [go]), step('b')] };
const alone = { name: 'alone', steps: [step('work')] };
const impossible = { name: 'impossible', steps: [step('fly', [{ ...go, requires: { em: 9 } }])] };

it('follows an epic from the work over the signature to its end', () => {
  const world = company({ workflows: [signed] });
  const owner = world.member('owner').id;
  const epicId = world.route('signed');
  const stage = () => demoState(world.state, epicId, owner)?.stage;
  expect(stage()).toBe('working');
  world.finish('ann', 'Do build', 'It is built.');
  expect(stage()).toBe('signing');
  expect(demoState(world.state, epicId, owner)?.gate?.name).toBe('go');
  expect(signedArtifacts(world.state, world.gate('go'))).toMatchObject([{ from: 'Do build' }]);
  // Nobody else is asked for it.
  expect(demoState(world.state, epicId, world.member('sam').id)?.stage).toBe('working');
  world.review('emma', 'go');
  world.sign('owner', 'go', 'approve', { roleId: 'qa_lead' });
  expect(stage()).toBe('done');
  const epic = world.state.epics.get(epicId);
  expect(epic && demoFigures(world.state, epic)).toMatchObject({
    ...{ steps: 1, agents: 1, artifacts: 1, signOffs: 2 },
  });
});

it('says when a person has to look elsewhere', () => {
  const world = company({ workflows: [signed] });
  const owner = world.member('owner').id;
  const epicId = world.route('signed');
  world.finish('ann', 'Do build');
  world.sign('owner', 'go', 'veto');
  expect(demoState(world.state, epicId, owner)?.stage).toBe('stuck');
});

it.each([
  ['one that asks a person before one that does not', [alone, signed], 'signed'],
  ['the shorter of those', [longer, signed], 'signed'],
  ['one without a person rather than one that can’t be finished', [impossible, alone], 'alone'],
])('shows %s', (_rule, workflows, expected) => {
  expect(demoWorkflow(company({ workflows }).state)?.id).toBe(expected);
});

it('has nothing to show where nothing can be finished, and of an epic that is not there', () => {
  const world = company({ workflows: [] });
  expect(demoWorkflow(world.state)).toBeNull();
  expect(demoState(world.state, 'epic_0000000000000000' as never, world.member('owner').id)).toBeNull();
});
