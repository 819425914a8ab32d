/** Which gates may be signed together, and what becomes of each of them. */
import { expect, it } from 'vitest';
import { CoordError } from '../../src/core/error.ts';
import { likeGates } from '../../src/renderer/features/gates/like-gates.ts';
import { signTogether } from '../../src/renderer/features/gates/sign-together.ts';
import { company, oneGate } from '../core/companies.ts';

const gate = { name: 'go', position: 'after', requires: { em: 1 }, human_required: true } as const;

function threeAlike() {
  const world = company({ workflows: [oneGate(gate)] });
  for (const worker of ['ann', 'bob', 'ann']) {
    world.route('one_gate');
    const ready = [...world.state.tasks.values()].find(
      ({ title, state }) => title === 'Work' && state === 'ready',
    );
    const workerId = world.online(worker);
    world.do(worker, { type: 'task.claim', taskId: ready?.id ?? null, workerId });
    const token = world.state.tasks.get(ready?.id as never)?.lease?.token ?? 0;
    const artifacts = [{ hash: String(world.now).padStart(64, '0'), path: 'a.md', bytes: 1 }];
    world.now = (world.now + 1) as typeof world.now;
    world.do(worker, { type: 'task.complete', taskId: ready?.id ?? '', token, artifacts } as never);
  }
  return world;
}

it('puts together what asks the same of the same person, and nothing else', () => {
  const world = threeAlike();
  const owner = world.member('owner').id;
  expect(likeGates(world.state, owner)).toMatchObject([{ name: 'go', roleId: 'em', gates: [{}, {}, {}] }]);
  expect(likeGates(world.state, world.member('ann').id)).toEqual([]);
  world.do('owner', {
    type: 'approval.request',
    title: 'go',
    context: 'c',
    roles: { em: 1 },
    selfApproval: 'allowed',
    humanRequired: true,
  } as never);
  expect(likeGates(world.state, owner)[0]?.gates).toHaveLength(3);
});

it('signs each for its own hash, and goes on after one that is refused', async () => {
  const world = threeAlike();
  const [like] = likeGates(world.state, world.member('owner').id);
  const gates = like?.gates ?? [];
  const given: unknown[] = [];
  let outcomes: ReadonlyMap<string, string | null> = new Map();
  const command = async (asked: unknown) => {
    given.push(asked);
    if (given.length === 2) throw new CoordError('ARTIFACT_CHANGED', 'it is about another artifact by now');
    return world.do('owner', asked as never) as never;
  };
  const verdict = { decision: 'approve', roleId: 'em', note: 'Fine.' } as const;
  await signTogether({ command } as never, gates, verdict as never, (now) => {
    outcomes = now;
  });
  expect(given).toMatchObject(
    gates.map(({ id, artifactHash }) => ({ gateId: id, artifactHash, note: 'Fine.' })),
  );
  expect(new Set(gates.map(({ artifactHash }) => artifactHash)).size).toBe(3);
  expect([...outcomes.values()]).toEqual([null, 'it is about another artifact by now', null]);
  expect(gates.map(({ id }) => world.state.gates.get(id)?.state)).toEqual(['open', 'waiting', 'open']);
});
