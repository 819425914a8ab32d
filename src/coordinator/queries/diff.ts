/** What differs between two moments of a company. */
import { dumpState } from '../../core/state.ts';
import { diffStates } from '../history/diff-states.ts';
import type { Instant } from '../history/find-moment.ts';
import type { Answer } from './query-scope.ts';

export const diff: Answer<'diff'> = async ({ company: { coordinator } }, { from, to, limit }) => {
  const { history } = coordinator;
  const start = await history.find(from);
  const before = await history.read(start.seq, dumpState);
  if (to === null) {
    const now = await coordinator.read((state) => ({ at: coordinator.now(), state: dumpState(state) }));
    const end: Instant = { seq: now.state.seq, at: now.at };
    return { from: start, to: end, tables: diffStates(before, now.state, limit) };
  }
  const end = await history.find(to);
  const after = await history.read(end.seq, dumpState);
  return { from: start, to: end, tables: diffStates(before, after, limit) };
};
