/** Random command sequences over a company: the rules hold after every one, and the log alone gives the same state. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostAlone } from '../../../src/core/context.ts';
import { CoordError } from '../../../src/core/error.ts';
import { evolve } from '../../../src/core/evolve.ts';
import { forgetOldest } from '../../../src/core/forget.ts';
import type { HostId } from '../../../src/core/ids.ts';
import { dumpState, emptyState, restoreState } from '../../../src/core/state.ts';
import type { Staff } from '../companies.ts';
import { company, scaleup } from '../companies.ts';
import type { World } from '../kit.ts';
import { indexContents } from './index-contents.ts';
import {
  checkDependencies,
  checkRoom,
  checkSigning,
  checkState,
  LeaseWitness,
  LockWitness,
} from './invariants.ts';
import type { Move } from './moves.ts';
import { anyMove, planned } from './moves.ts';
import { settleEverything } from './settle-everything.ts';
import { trickyWorkflows } from './workflows.ts';

const staff: Staff = {
  ...scaleup,
  engineering: [
    ...(scaleup['engineering'] ?? []),
    { name: 'eli', role: 'em' },
    { name: 'selma', role: 'senior_eng', max_concurrent: 2 },
    { name: 'hank', role: 'engineer', kind: 'human' },
  ],
  qa: [...(scaleup['qa'] ?? []), { name: 'hilda', role: 'qa_lead', kind: 'human' }],
};

const hosts = [null, 'host_a', 'host_b'] as (HostId | null)[];

/** Every agent is at work for one of several hosts, and an epic is on its way. */
function newWorld(): World {
  const world = company({ staff, workflows: trickyWorkflows });
  world.choice = (seq) => ({
    ...hostAlone,
    host: hosts[seq % hosts.length] ?? null,
    pick: (count) => seq % count,
  });
  for (const { name, kind } of world.state.members.dump()) if (kind === 'agent') world.online(name);
  world.route('reviewed');
  return world;
}

const text = ({ state }: World): string => JSON.stringify(dumpState(state));
const manyMoves = fc.array(anyMove, { minLength: 1, maxLength: 400, size: 'max' });

/** A failure prints its seed and path; `FAST_CHECK_SEED` replays it. */
const seed = process.env['FAST_CHECK_SEED'];
const runs = (numRuns: number) => ({ numRuns, ...(seed ? { seed: Number(seed) } : {}) });

/** Does the move, if there is anything to do it with; true when it was not refused. */
function attempt(world: World, move: Move): boolean {
  const given = planned(world, move);
  if (!given) return false;
  try {
    world.do(given.actor, given.command);
    return true;
  } catch (error) {
    if (error instanceof CoordError && error.code !== 'INTERNAL') return false;
    throw error;
  }
}

/** Does the move and takes it back, as a coordinator does whose log could not write it. */
function rehearse(world: World, move: Move): void {
  const { journal } = world.state;
  const known = world.events.length;
  journal.begin();
  attempt(world, move);
  journal.rollbackTo(0);
  journal.commit();
  world.events.splice(known);
}

// Seconds on a machine that is free, much longer on one that runs everything else at the same time.
/** The most tasks that one sequence of moves made the company forget. */
let mostForgotten = 0;

describe('a company under any sequence of commands', { timeout: 120_000 }, () => {
  it('keeps its rules, and a refused or rolled back command leaves no trace', () => {
    fc.assert(
      fc.property(manyMoves, (sequence) => {
        const world = newWorld();
        const leases = new LeaseWitness();
        const locks = new LockWitness();
        let before = text(world);
        for (const move of sequence) {
          if (move.rehearsed) {
            rehearse(world, move);
            expect(text(world)).toBe(before);
          }
          const known = world.events.length;
          const given = planned(world, move);
          const done = given !== null && attempt(world, move);
          if (!done) expect(text(world)).toBe(before);
          for (const event of world.events.slice(known)) {
            leases.see(world, event);
            locks.see(event);
            checkRoom(world, event);
            if (given) checkSigning(world, event, given.command);
          }
          checkState(world.state);
          before = text(world);
        }
        expect(indexContents(world.state)).toEqual(indexContents(restoreState(dumpState(world.state))));
      }),
      runs(12),
    );
  });

  it('forgets what has ended, and finishes the rest all the same', () => {
    fc.assert(
      fc.property(manyMoves, (sequence) => {
        const world = newWorld();
        const leases = new LeaseWitness();
        let forgotten = 0;
        for (const move of sequence) {
          const known = world.events.length;
          attempt(world, move);
          for (const event of world.events.slice(known)) leases.see(world, event);
          const { size } = world.state.tasks;
          forgetOldest(world.state, { tasks: 2, approvals: 1, workers: 1, threads: 1 });
          forgotten += size - world.state.tasks.size;
          checkDependencies(world.state);
          checkState(world.state);
        }
        expect(indexContents(world.state)).toEqual(indexContents(restoreState(dumpState(world.state))));
        expect(settleEverything(world)).toEqual([]);
        mostForgotten = Math.max(mostForgotten, forgotten);
      }),
      runs(15),
    );
    // Otherwise it shows nothing.
    expect(mostForgotten).toBeGreaterThan(5);
  });

  it('is what the fold of its events gives', () => {
    fc.assert(
      fc.property(manyMoves, (sequence) => {
        const world = newWorld();
        for (const move of sequence) attempt(world, move);
        const replayed = emptyState();
        for (const event of structuredClone(world.events)) evolve(replayed, event);
        expect(JSON.stringify(dumpState(replayed))).toBe(text(world));
        expect(world.events.map(({ seq }) => seq)).toEqual(world.events.map((_, n) => n + 1));
      }),
      runs(30),
    );
  });

  it('goes on the same after it was restored from a snapshot', () => {
    fc.assert(
      fc.property(manyMoves, manyMoves, (first, then) => {
        const world = newWorld();
        for (const move of first) attempt(world, move);
        const twin = world.restored();
        expect(text(twin)).toBe(text(world));
        for (const move of then) expect(attempt(twin, move)).toBe(attempt(world, move));
        expect(text(twin)).toBe(text(world));
        expect(twin.events).toEqual(world.events);
      }),
      runs(15),
    );
  });

  it('finishes whatever can be finished once everybody does their part', () => {
    fc.assert(
      fc.property(manyMoves, (sequence) => {
        const world = newWorld();
        for (const move of sequence) attempt(world, move);
        const unfinished = settleEverything(world);
        expect(unfinished).toEqual([]);
      }),
      runs(40),
    );
  });
});
