/** Which agents need a worker now, and which workers stand in the way of one: a view of the state, no more. */
import type { MemberId, WorkerId } from '../../core/ids.ts';
import { openLeases } from '../../core/org/availability.ts';
import { seniority } from '../../core/org/membership.ts';
import type { Member } from '../../core/org/org.ts';
import type { CompanyState } from '../../core/state.ts';
import { goesBefore } from '../../core/task/ready-index.ts';
import { refusalToTake } from '../../core/task/taking-rules.ts';
import type { Task } from '../../core/task/task.ts';
import { keptFor } from '../../core/task/turn.ts';
import type { EpochMs } from '../../core/units.ts';
import type { Worker } from '../../core/worker/worker.ts';

export interface WorkerPlan {
  /** Agents to start a worker for, the most urgent task's first. More than the cap leaves room for, perhaps. */
  readonly start: readonly MemberId[];
  /** Workers that have no task and none to come. */
  readonly spare: readonly WorkerId[];
}

/** @param mayStart whether a process may be started for the agent now: it has not just crashed */
export function planWorkers(
  state: CompanyState,
  now: EpochMs,
  mayStart: (id: MemberId) => boolean,
): WorkerPlan {
  const agents = [...state.members.values()].filter(({ kind }) => kind === 'agent');
  const live = liveWorkers(state);
  const needed = new Set<MemberId>();
  const start: MemberId[] = [];
  /** Tasks that each agent could still take on: with a worker, and with one that is still to start. */
  const room = new Map(agents.map((agent) => [agent.id, agent.maxConcurrent - openLeases(state, agent)]));

  function takeBy(task: Task, candidates: readonly Member[]): Member | undefined {
    const kept = keptFor(state, task, now);
    const rank = (agent: Member) => rankFor(state, agent, task);
    const [best] = candidates
      .filter((agent) => (room.get(agent.id) ?? 0) > 0 && (kept === null || kept.id === agent.id))
      .filter((agent) => refusalToTake(state, agent, task) === null)
      .sort((a, b) => rank(a) - rank(b) || openLeases(state, a) - openLeases(state, b) || byName(a, b));
    if (!best) return undefined;
    room.set(best.id, (room.get(best.id) ?? 0) - 1);
    needed.add(best.id);
    return best;
  }

  const online = agents.filter(({ id }) => live.get(id)?.some(({ state }) => state !== 'draining'));
  const offline = agents.filter(({ id }) => !live.has(id) && mayStart(id));
  for (const task of readyTasks(state)) {
    if (![...room.values()].some((tasks) => tasks > 0)) break;
    if (takeBy(task, [...online, ...agents.filter(({ id }) => start.includes(id))])) continue;
    const agent = takeBy(task, offline);
    if (agent) start.push(agent.id);
  }
  const spare = online
    .filter((agent) => !needed.has(agent.id) && openLeases(state, agent) === 0)
    .flatMap(({ id }) => live.get(id) ?? [])
    .filter((worker) => worker.state === 'ready');
  return { start, spare: spare.map(({ id }) => id) };
}

/** Whose it is to do: first the one who did it before, then the least senior. */
function rankFor(state: CompanyState, agent: Member, { roleId, reserved, assigneeId }: Task): number {
  if (reserved && assigneeId === agent.id) return -1;
  return roleId === null ? 0 : (seniority(state, agent, roleId) ?? 0);
}

function readyTasks(state: CompanyState): Task[] {
  return [...state.index.tasksByState.get('ready')].sort((a, b) => (goesBefore(a, b) ? -1 : 1));
}

function liveWorkers(state: CompanyState): Map<MemberId, Worker[]> {
  const live = new Map<MemberId, Worker[]>();
  for (const worker of state.workers.values()) {
    if (worker.endedAt !== null) continue;
    const group = live.get(worker.memberId);
    if (group) group.push(worker);
    else live.set(worker.memberId, [worker]);
  }
  return live;
}

function byName(a: Member, b: Member): number {
  return a.name < b.name ? -1 : 1;
}
