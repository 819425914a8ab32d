/** What it means to drop a card on a cell of the board, which is in a column and, where the board has lanes, in a lane. Pure. */
import type { CompanyState } from '../../../core/state.ts';
import type { Task } from '../../../core/task/task.ts';
import type { Move, Mover, Target } from './moves.ts';
import { moveTo } from './moves.ts';
import { strings } from './strings.ts';

export function moveToCell(state: CompanyState, task: Task, targets: readonly Target[], mover: Mover): Move {
  const moves = targets
    .map((target) => moveTo(state, task, target, mover))
    .filter(({ kind }) => kind !== 'stay');
  const [move, another] = moves;
  if (!move) return { kind: 'stay' };
  return another ? { kind: 'refused', because: strings.oneAtATime } : move;
}
