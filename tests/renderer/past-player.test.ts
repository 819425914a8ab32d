/** The film of the past: any moment, then event by event, until the present. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Coordination } from '../../src/contract/rpc.ts';
import { CoordError } from '../../src/core/error.ts';
import { evolve } from '../../src/core/evolve.ts';
import type { Seq } from '../../src/core/ids.ts';
import { dumpState, emptyState } from '../../src/core/state.ts';
import { pastCounts } from '../../src/renderer/features/history/past-counts.ts';
import { PastPlayer } from '../../src/renderer/features/history/past-player.ts';
import { company } from '../core/companies.ts';
import type { World } from '../core/kit.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function world(): World {
  const made = company();
  for (const title of ['a', 'b', 'c']) made.do('owner', { type: 'task.create', title });
  return made;
}

/** What a host answers that has just these events. */
function hostOf({ events }: World): Pick<Coordination, 'query'> {
  const query = async (name: string, input: { at?: { seq: Seq }; after?: Seq; limit?: number }) => {
    if (name === 'events') {
      return events.filter(({ seq }) => seq > (input.after ?? 0)).slice(0, input.limit);
    }
    const state = emptyState();
    const seq = input.at?.seq ?? (0 as Seq);
    if (seq > events.length) throw new CoordError('BAD_INPUT', `there is no event ${seq} yet`);
    for (const event of events) if (event.seq <= seq) evolve(state, event);
    return dumpState(state);
  };
  return { query } as Pick<Coordination, 'query'>;
}

const headOf = (made: World): Seq => made.state.seq;

it('shows the company right after an event', async () => {
  const made = world();
  const player = new PastPlayer(() => hostOf(made));
  await player.jump((headOf(made) - 1) as Seq);
  expect(pastCounts(player.state)).toMatchObject({ ready: 2, done: 0 });
  await player.step();
  expect(pastCounts(player.state).ready).toBe(3);
  expect(dumpState(player.state)).toEqual(dumpState(made.state));
});

it('plays as many events a second as asked, and stops at the present', async () => {
  const made = world();
  const player = new PastPlayer(() => hostOf(made));
  await player.jump((headOf(made) - 3) as Seq);
  player.play(10);
  await vi.advanceTimersByTimeAsync(200);
  expect(player.state.seq).toBe(headOf(made) - 1);
  expect(player.isPlaying).toBe(true);
  await vi.advanceTimersByTimeAsync(300);
  expect(player.state.seq).toBe(headOf(made));
  expect(player.isPlaying).toBe(false);
  expect(player.told.map(({ seq }) => seq)).toEqual([0, -1, -2].map((back) => headOf(made) + back));
});

it('says what the host says when a moment can’t be shown, and stays where it was', async () => {
  const made = world();
  const player = new PastPlayer(() => hostOf(made));
  await player.jump(headOf(made));
  await player.jump(9_999 as Seq);
  expect(player.refusal).toBe('there is no event 9999 yet');
  expect(player.state.seq).toBe(headOf(made));
  await player.jump(1 as Seq);
  expect(player.refusal).toBeNull();
});

it('goes by the last of several jumps', async () => {
  const made = world();
  const player = new PastPlayer(() => hostOf(made));
  await Promise.all([player.jump(1 as Seq), player.jump(2 as Seq)]);
  expect(player.state.seq).toBe(2);
  expect(player.isLoading).toBe(false);
});
