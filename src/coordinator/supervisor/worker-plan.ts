/** Which agents need a worker now or soon, and which workers could make room: a view of the state, no more. */
import type { MemberId, WorkerId } from '../../core/ids.ts';
import { openLeases } from '../../core/org/availability.ts';
import { seniority } from '../../core/org/membership.ts';
import type { Member } from '../../core/org/org.ts';
import { restOf } from '../../core/org/pause.ts';
import type { CompanyState } from '../../core/state.ts';
import { inOrder } from '../../core/task/in-order.ts';
import { goesBefore } from '../../core/task/ready-index.ts';
import { refusalToTake } from '../../core/task/taking-rules.ts';
import type { Task } from '../../core/task/task.ts';
import { keptFor } from '../../core/task/turn.ts';
import type { EpochMs } from '../../core/units.ts';
import type { Worker } from '../../core/worker/worker.ts';
import { externalLauncher } from '../../core/worker/worker.ts';

export interface WorkerPlan {
  /** Agents to start a worker for, the most urgent task's first. More than the cap leaves room for, perhaps. */
  readonly start: readonly MemberId[];
  /** Agents to start one for if there is room: the work before theirs is being done. */
  readonly warm: readonly MemberId[];
  /** Workers that have no task and none to come. One that is paused stays: whoever paused it wants it there. */
  readonly spare: readonly WorkerId[];
  /** Workers that have no task yet, but will soon. */
  readonly waiting: readonly WorkerId[];
  /** Workers without a task of agents that have more than they may: two hosts that were cut off each started the last one. */
  readonly surplus: readonly WorkerId[];
  /** Workers that were told to go and hold no task: gone in a moment. */
  readonly leaving: readonly WorkerId[];
}

/** @param mayStart whether a process may be started for the agent now: it has not just crashed */
export function planWorkers(
  state: CompanyState,
  now: EpochMs,
  mayStart: (id: MemberId) => boolean,
): WorkerPlan {
  const live = liveWorkers(state);
  const agents = [...state.members.values()].filter(({ kind }) => kind === 'agent');
  const online = agents.filter(
    ({ id }) => live.get(id)?.some((worker) => worker.state !== 'draining') ?? false,
  );
  const onlineNow = new Set(online);
  const isOnline = (agent: Member) => onlineNow.has(agent);
  const offline = agents.filter(({ id }) => !live.has(id) && mayStart(id));
  /** As good as offline: their next worker can start when this one is gone. */
  const leaving = agents.filter(
    (agent) => live.has(agent.id) && !isOnline(agent) && openLeases(state, agent) === 0,
  );
  const candidates = [...online, ...offline, ...leaving];
  /** Tasks that each agent could still take on, once it is there. */
  const roomOf = (agent: Member) =>
    restOf(state, agent) ? 0 : agent.maxConcurrent - openLeases(state, agent);
  const room = new Map<Member, number>();
  for (const agent of candidates) if (roomOf(agent) > 0) room.set(agent, roomOf(agent));
  const needed = new Set<Member>();

  /** Among equals: who is there already, or needed anyway, before those to be started. */
  function presenceRank(agent: Member): number {
    if (needed.has(agent) || isOnline(agent)) return 0;
    return live.has(agent.id) ? 2 : 1;
  }

  /** The order in which the task's turn goes; one who can't be started now is passed over. */
  function taker(task: Task): Member | undefined {
    const kept = keptFor(state, task, now);
    // One who is offline is the first in the order, no more: where they can't be started, others get ready to take it.
    const only = kept && (kept.kind === 'human' || live.has(kept.id)) ? kept : null;
    const able = only === null ? [...room.keys()] : room.has(only) ? [only] : [];
    const best = firstOf(
      able.filter((agent) => refusalToTake(state, agent, task) === null),
      (agent) => [rankFor(state, agent, task), presenceRank(agent), openLeases(state, agent)],
    );
    if (best) takeRoom(room, best);
    return best;
  }

  for (const task of room.size === 0 ? [] : readyTasks(state)) {
    if (room.size === 0) break;
    const agent = taker(task);
    if (agent) needed.add(agent);
  }
  const soon = new Set<Member>();
  for (const task of upcomingTasks(state)) {
    const agent = taker(task);
    if (agent && !needed.has(agent)) soon.add(agent);
  }

  const idle = online.filter((agent) => !needed.has(agent) && openLeases(state, agent) === 0);
  const readyIds = (workers: readonly Worker[]) =>
    workers.flatMap((worker) =>
      worker.state === 'ready' && worker.pause === null && isOurs(worker) ? [worker.id] : [],
    );
  const readyWorkers = (of: readonly Member[]) => readyIds(of.flatMap(({ id }) => live.get(id) ?? []));
  const toStart = (of: Iterable<Member>) => [...of].flatMap(({ id }) => (live.has(id) ? [] : [id]));
  return {
    start: toStart(needed),
    warm: toStart(soon),
    spare: readyWorkers(idle.filter((agent) => !soon.has(agent))),
    waiting: readyWorkers(idle.filter((agent) => soon.has(agent))),
    surplus: readyIds(online.flatMap((agent) => surplusOf(state, agent, live.get(agent.id) ?? []))),
    leaving: leaving
      .flatMap(({ id }) => live.get(id) ?? [])
      .filter(isOurs)
      .map(({ id }) => id),
  };
}

/** The one with the lowest ranks, of which the first counts most; among equals the first by name. */
function firstOf(
  agents: readonly Member[],
  ranksOf: (agent: Member) => readonly number[],
): Member | undefined {
  let first: Member | undefined;
  let lowest: readonly number[] = [];
  for (const agent of agents) {
    const ranks = ranksOf(agent);
    if (first && !isLower(ranks, lowest, agent.name < first.name)) continue;
    [first, lowest] = [agent, ranks];
  }
  return first;
}

function isLower(ranks: readonly number[], than: readonly number[], ifEqual: boolean): boolean {
  const differing = ranks.findIndex((rank, place) => rank !== than[place]);
  return differing < 0 ? ifEqual : (ranks[differing] ?? 0) < (than[differing] ?? 0);
}

/** An agent that can take on nothing more is out. */
function takeRoom(room: Map<Member, number>, agent: Member): void {
  const left = (room.get(agent) ?? 0) - 1;
  if (left > 0) room.set(agent, left);
  else room.delete(agent);
}

/** A worker that the host did not start takes no place of it, so its end would free none. */
function isOurs({ launcher }: Worker): boolean {
  return launcher !== externalLauncher;
}

/** Those that have a task stay, then the older ones: each host says the same. */
function surplusOf(
  { index }: CompanyState,
  { id, maxConcurrent }: Member,
  live: readonly Worker[],
): Worker[] {
  const staying = live.filter(({ state }) => state !== 'draining');
  if (staying.length <= maxConcurrent) return [];
  const busy = new Set([...index.leasedByMember.get(id)].map(({ lease }) => lease?.workerId));
  const idle = staying.filter((worker) => !busy.has(worker.id));
  idle.sort((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1));
  return idle.slice(Math.max(0, maxConcurrent - (staying.length - idle.length)));
}

/** Whose it is to do: first the one who did it before, then the least senior. */
function rankFor(state: CompanyState, agent: Member, { roleId, reserved, assigneeId }: Task): number {
  if (reserved && assigneeId === agent.id) return -1;
  return roleId === null ? 0 : (seniority(state, agent, roleId) ?? 0);
}

function readyTasks(state: CompanyState): Task[] {
  return [...state.index.tasksByState.get('ready')].sort((a, b) => (goesBefore(a, b) ? -1 : 1));
}

/** Blocked tasks for which nothing is missing but what is being worked on right now. */
function upcomingTasks(state: CompanyState): Task[] {
  const upcoming = new Set<Task>();
  for (const leased of state.index.tasksByState.get('leased')) {
    for (const task of state.index.dependents.of(leased.id)) {
      const isUnderWay = task.dependsOn.every((id) => {
        const before = state.tasks.get(id)?.state;
        return before === 'leased' || before === 'done';
      });
      if (task.state === 'blocked' && isUnderWay) upcoming.add(task);
    }
  }
  return [...upcoming].sort(inOrder);
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
