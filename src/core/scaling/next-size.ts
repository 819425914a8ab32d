/** How many workers a rule asks for next, and why, in words: pure, so that it can be tried on a trace first. */
import { durationWords } from '../duration-words.ts';
import type { CompanyState } from '../state.ts';
import type { EpochMs } from '../units.ts';
import { addMs, sinceMs } from '../units.ts';
import type { Scaling, ScalingRule } from './scaling.ts';
import { isForGroup } from './scaling.ts';

/** The tasks of a rule's group. */
export interface Load {
  readonly ready: number;
  readonly underWay: number;
}

export type NextSize =
  | { readonly kind: 'change'; readonly to: number; readonly because: string }
  /** Not before then: it changed a moment ago. */
  | { readonly kind: 'wait'; readonly until: EpochMs }
  | { readonly kind: 'stay' };

/** `17 ready tasks / 5`: the reason stands in the event. */
export function nextSize(scaling: Scaling, load: Load, now: EpochMs): NextSize {
  const { size, changedAt, upCooldown, downCooldown } = scaling;
  const { to, because } = wanted(scaling, load);
  if (to === size) return { kind: 'stay' };
  const cooldown = to > size ? upCooldown : downCooldown;
  const until = changedAt === null ? now : addMs(changedAt, cooldown);
  if (until > now) return { kind: 'wait', until };
  const after = changedAt === null || cooldown === 0 || to > size ? '' : `, ${lull(changedAt, now)}`;
  return { kind: 'change', to, because: `${because}${after}` };
}

function wanted(rule: ScalingRule, { ready, underWay }: Load): { to: number; because: string } {
  const { min, max, tasksPerWorker } = rule;
  const asked = Math.ceil((ready + underWay) / tasksPerWorker);
  const to = Math.min(max, Math.max(min, asked));
  const bound = asked > max ? `, at most ${max}` : asked < min ? `, at least ${min}` : '';
  return { to, because: `${loadWords(ready, underWay)} / ${tasksPerWorker}${bound}` };
}

function loadWords(ready: number, underWay: number): string {
  const waiting = `${ready} ready ${ready === 1 ? 'task' : 'tasks'}`;
  if (underWay === 0) return waiting;
  return ready === 0 ? `${underWay} under way` : `${waiting} and ${underWay} under way`;
}

const lull = (changedAt: EpochMs, now: EpochMs): string =>
  `${durationWords(sinceMs(changedAt, now))} after the last change`;

export function loadOf(state: CompanyState, rule: ScalingRule): Load {
  const count = (in_: 'ready' | 'leased') => {
    let tasks = 0;
    for (const task of state.index.tasksByState.get(in_)) if (isForGroup(rule, task)) tasks += 1;
    return tasks;
  };
  return { ready: count('ready'), underWay: count('leased') };
}
