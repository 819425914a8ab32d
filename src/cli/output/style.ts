/** Colours by their meaning, so that the whole command line says the same thing the same way. */
import { styleText } from 'node:util';
import type { AgentState } from '../../contract/queries.ts';
import type { EpicState } from '../../core/epic/epic.ts';
import type { GateState } from '../../core/gate/gate.ts';
import type { TaskState } from '../../core/task/task.ts';
import type { WorkerStage } from '../../core/worker/stage.ts';

/** `alive`: works now; `yours`: needs a person; `waiting`: for something else; `failed`: needs a look; `over`: past. */
export type Meaning = 'alive' | 'good' | 'yours' | 'waiting' | 'failed' | 'over' | 'strong' | 'plain';

export type Style = (meaning: Meaning, text: string) => string;

const formats = {
  alive: 'cyan',
  good: 'green',
  yours: 'magenta',
  waiting: 'yellow',
  failed: 'red',
  over: 'dim',
  strong: 'bold',
} as const;

const noStyle: Style = (_meaning, text) => text;

const colourStyle: Style = (meaning, text) =>
  meaning === 'plain' || text === '' ? text : styleText(formats[meaning], text, { validateStream: false });

/** Colours only for a terminal that has them, and never with NO_COLOR. */
export function styleFor(stream: NodeJS.WriteStream): Style {
  const colours = stream.isTTY && !process.env.NO_COLOR && stream.hasColors();
  return colours ? colourStyle : noStyle;
}

type State = TaskState | GateState | EpicState | AgentState | WorkerStage;

const meanings: Record<State, Meaning> = {
  blocked: 'waiting',
  ready: 'plain',
  leased: 'alive',
  awaiting_gate: 'waiting',
  done: 'good',
  failed: 'failed',
  cancelled: 'over',
  pending: 'over',
  waiting: 'yours',
  open: 'good',
  rejected: 'failed',
  vetoed: 'failed',
  in_progress: 'alive',
  completed: 'good',
  available: 'good',
  working: 'alive',
  offline: 'over',
  starting: 'waiting',
  busy: 'alive',
  paused: 'waiting',
  draining: 'waiting',
  hung: 'failed',
  stopped: 'over',
  crashed: 'failed',
};

export const meaningOf = (state: State): Meaning => meanings[state];
