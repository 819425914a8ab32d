/** A fair company: each member in turn does what may be done, and time passes when nobody can. */

import type { CommandInput } from '../../src/core/command.ts';
import { hostAlone } from '../../src/core/context.ts';
import { CoordError } from '../../src/core/error.ts';
import { needsHuman } from '../../src/core/gate/signing-rules.ts';
import type { Member } from '../../src/core/org/org.ts';
import type { EpochMs } from '../../src/core/units.ts';
import type { World } from './kit.ts';
import { artifact, host } from './kit.ts';

/**
 * Runs until nothing more happens, or what the test waits for has. Agents approve; people sign only what needs them.
 */
export function runToTheEnd(world: World, isThere: () => boolean = () => false): void {
  for (let round = 0; round < 2_000; round += 1) {
    const before = world.state.seq;
    finishHeld(world);
    if (isThere()) return;
    letAgentsClaim(world);
    letPeopleSign(world);
    if (world.state.seq === before) letPeopleClaim(world);
    if (world.state.seq !== before) continue;
    const due = nextDueWork(world);
    if (due === null) return;
    world.now = Math.max(due, world.now) as EpochMs;
    letWorkersBeat(world);
    tickEverywhere(world);
  }
  throw new Error('it never came to rest');
}

/** Whatever host something belongs to, that one would end it. */
function tickEverywhere(world: World): void {
  const { choice } = world;
  world.choice = () => hostAlone;
  world.do(host, { type: 'tick' });
  world.choice = choice;
}

/** When something other than the silence of a worker comes due. */
function nextDueWork({ state: { index } }: World): EpochMs | null {
  const anyHost = () => true;
  const due = [index.tasksDue.next(anyHost), index.gatesDue.next(), index.locksDue.next(anyHost)];
  return due.filter((at) => at !== null).sort((a, b) => a - b)[0] ?? null;
}

/** Those that live say so before anybody takes them for hung. */
function letWorkersBeat(world: World): void {
  for (const { id, memberId, endedAt, state } of world.state.workers.dump()) {
    if (endedAt !== null || state === 'hung') continue;
    world.do({ kind: 'member', memberId }, { type: 'worker.beat', workerId: id });
  }
}

function letAgentsClaim(world: World): void {
  for (const agent of world.state.members.dump().filter(({ kind }) => kind === 'agent')) {
    if (world.state.index.leasedByMember.get(agent.id).size < agent.maxConcurrent) world.claim(agent.name);
  }
}

/** What no agent takes, a person does. */
function letPeopleClaim(world: World): void {
  const ready = world.state.tasks.dump().filter(({ state }) => state === 'ready');
  for (const { id } of people(world)) {
    for (const task of ready) {
      if (world.state.tasks.get(task.id)?.state !== 'ready') continue;
      ifAllowed(() => world.do({ kind: 'member', memberId: id }, { type: 'task.claim', taskId: task.id }));
    }
  }
}

/** Whoever holds a task finishes it; a review is an approval. */
function finishHeld(world: World): void {
  for (const { id, title, kind, lease } of world.state.tasks.dump()) {
    if (!lease || world.state.tasks.get(id)?.lease?.token !== lease.token) continue;
    const actor = { kind: 'member', memberId: lease.memberId } as const;
    const held = { taskId: id, token: lease.token };
    const command: CommandInput =
      kind === 'review'
        ? { type: 'task.answer', ...held, decision: 'approve' }
        : { type: 'task.complete', ...held, artifacts: [artifact(title)] };
    world.do(actor, command);
  }
}

function letPeopleSign(world: World): void {
  const { gates } = world.state;
  for (const { id } of gates.dump()) {
    for (const person of people(world)) {
      const gate = gates.get(id);
      if (gate?.state !== 'waiting' || !gate.artifactHash || !isForPeople(world, id)) break;
      const { artifactHash } = gate;
      ifAllowed(() =>
        world.do(
          { kind: 'member', memberId: person.id },
          { type: 'gate.sign', gateId: id, decision: 'approve', artifactHash },
        ),
      );
    }
  }
}

/** The owner comes last, where no other person can help. */
function people({ state: { members, company } }: World): Member[] {
  return members
    .dump()
    .filter(({ kind }) => kind === 'human')
    .sort((a, b) => Number(a.id === company?.ownerId) - Number(b.id === company?.ownerId));
}

function ifAllowed(command: () => unknown): void {
  try {
    command();
  } catch (error) {
    if (!(error instanceof CoordError) || error.code === 'INTERNAL') throw error;
  }
}

/** A human is required, or no agent is asked any more. */
function isForPeople({ state }: World, id: Parameters<World['state']['gates']['get']>[0]): boolean {
  const gate = state.gates.get(id);
  if (!gate) return false;
  if (needsHuman(gate)) return true;
  return [...state.index.reviewsByGate.get(id)].every(
    ({ state: now }) => now === 'done' || now === 'cancelled',
  );
}
