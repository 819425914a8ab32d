/** A mark and a meaning for each state, so that neither colour nor shape alone says it. */
import type { EpicState } from '../../core/epic/epic.ts';
import type { GateState } from '../../core/gate/gate.ts';
import type { AgentState } from '../../core/org/availability.ts';
import type { TaskState } from '../../core/task/task.ts';
import type { WorkerState } from '../../core/worker/worker.ts';
import type { Priority } from '../../core/workflow/workflow.ts';
import type { Meaning } from './ink.ts';
import type { Piece } from './line.ts';
import { piece } from './line.ts';

type State = TaskState | GateState | EpicState | AgentState | WorkerState;

const marks: Readonly<Record<State, readonly [string, Meaning]>> = {
  blocked: ['·', 'waiting'],
  ready: ['○', 'plain'],
  leased: ['●', 'alive'],
  awaiting_gate: ['◇', 'waiting'],
  done: ['✓', 'good'],
  failed: ['✗', 'failed'],
  cancelled: ['–', 'over'],
  pending: ['·', 'over'],
  waiting: ['◆', 'yours'],
  open: ['✓', 'good'],
  rejected: ['↩', 'failed'],
  vetoed: ['■', 'failed'],
  in_progress: ['●', 'alive'],
  completed: ['✓', 'good'],
  available: ['○', 'good'],
  working: ['●', 'alive'],
  offline: ['·', 'over'],
  starting: ['◌', 'waiting'],
  draining: ['◌', 'waiting'],
  hung: ['✗', 'failed'],
  stopped: ['–', 'over'],
  crashed: ['✗', 'failed'],
};

export const markOf = (state: State): Piece => piece(marks[state][1], marks[state][0]);

export const stateWord = (state: State): Piece => piece(marks[state][1], state.replaceAll('_', ' '));

/** Nothing beside what is as urgent as most. */
export const urgency = (priority: Priority): Piece => piece(...urgencies[priority]);

const urgencies: Readonly<Record<Priority, readonly [Meaning, string]>> = {
  URGENT: ['yours', '⇈'],
  HIGH: ['waiting', '↑'],
  NORMAL: ['plain', ' '],
  LOW: ['over', '↓'],
};

/** `▰▰▰▱▱▱`, by a share from 0 to 1. */
export function bar(share: number, width: number): Piece {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return piece(share >= 1 ? 'good' : 'alive', '▰'.repeat(full) + '▱'.repeat(width - full));
}

/** A budget: amber from four fifths on, red when it is used up. */
export function meter(share: number, width: number): Piece {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  const meaning: Meaning = share >= 1 ? 'failed' : share >= 0.8 ? 'waiting' : 'alive';
  return piece(meaning, '▰'.repeat(full) + '▱'.repeat(width - full));
}
