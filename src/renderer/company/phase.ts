/** In one word, how a task or a gate is doing: which sign, colour and label stand for its state. */
import type { Gate, GateState } from '../../core/gate/gate.ts';
import type { Task, TaskState } from '../../core/task/task.ts';
import type { Worker } from '../../core/worker/worker.ts';
import type { Status } from '../design/status-dot.tsx';
import type { Tone } from '../design/tag.tsx';
import { strings } from './strings.ts';

export interface Phase {
  readonly status: Status;
  readonly live: boolean;
  readonly tone: Tone;
  readonly label: string;
}

const taskPhases: Record<TaskState, Omit<Phase, 'label'>> = {
  blocked: { status: 'idle', live: false, tone: 'plain' },
  ready: { status: 'waiting', live: false, tone: 'waiting' },
  leased: { status: 'alive', live: true, tone: 'alive' },
  awaiting_gate: { status: 'waiting', live: false, tone: 'waiting' },
  done: { status: 'done', live: false, tone: 'plain' },
  failed: { status: 'failure', live: false, tone: 'failure' },
  cancelled: { status: 'idle', live: false, tone: 'plain' },
};

const gatePhases: Record<GateState, Omit<Phase, 'label'>> = {
  pending: { status: 'idle', live: false, tone: 'plain' },
  waiting: { status: 'waiting', live: false, tone: 'waiting' },
  open: { status: 'done', live: false, tone: 'plain' },
  rejected: { status: 'waiting', live: false, tone: 'waiting' },
  vetoed: { status: 'failure', live: false, tone: 'failure' },
  cancelled: { status: 'idle', live: false, tone: 'plain' },
};

const workerPhases: Record<Worker['state'], Omit<Phase, 'label'>> = {
  starting: { status: 'waiting', live: true, tone: 'waiting' },
  ready: { status: 'alive', live: false, tone: 'alive' },
  draining: { status: 'waiting', live: false, tone: 'waiting' },
  stopped: { status: 'idle', live: false, tone: 'plain' },
  hung: { status: 'failure', live: false, tone: 'failure' },
  crashed: { status: 'failure', live: false, tone: 'failure' },
};

export function taskPhase(task: Pick<Task, 'state'>): Phase {
  return { ...taskPhases[task.state], label: strings.taskStates[task.state] };
}

export function gatePhase(gate: Pick<Gate, 'state'>): Phase {
  return { ...gatePhases[gate.state], label: strings.gateStates[gate.state] };
}

/** A worker that is paused shows it as long as nothing else is wrong with it, or ends it. */
export function workerPhase(worker: Pick<Worker, 'state' | 'pause'>): Phase {
  if (worker.pause && (worker.state === 'ready' || worker.state === 'starting')) {
    return { status: 'idle', live: false, tone: 'waiting', label: strings.workerPaused };
  }
  return { ...workerPhases[worker.state], label: strings.workerStates[worker.state] };
}
