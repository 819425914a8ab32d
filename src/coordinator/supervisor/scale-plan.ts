/** Bends the plan of workers to the rules that say how many there are: who starts beyond the need, who waits, who goes. */
import type { MemberId, WorkerId } from '../../core/ids.ts';
import { openLeases } from '../../core/org/availability.ts';
import type { Member } from '../../core/org/org.ts';
import { restOf } from '../../core/org/pause.ts';
import { loadOf, nextSize } from '../../core/scaling/next-size.ts';
import { rulesInOrder } from '../../core/scaling/rules-in-order.ts';
import type { Scaling } from '../../core/scaling/scaling.ts';
import { isInGroup } from '../../core/scaling/scaling.ts';
import type { CompanyState } from '../../core/state.ts';
import type { EpochMs } from '../../core/units.ts';
import type { Worker } from '../../core/worker/worker.ts';
import type { WorkerPlan } from './worker-plan.ts';

export interface ScaledPlan extends WorkerPlan {
  /** Workers beyond the size of their group that hold no task: they go at once. */
  readonly excess: readonly WorkerId[];
  /** Workers that stay although they have nothing to do: their group has no more than it should. */
  readonly kept: ReadonlySet<WorkerId>;
}

export interface ScaleOptions {
  /** A process may be started for the agent now. */
  readonly mayStart: (id: MemberId) => boolean;
  /** Somebody asked for it: it is not in excess, only idle in the end. */
  readonly isAskedFor: (id: WorkerId) => boolean;
}

/** When the sizes are to be looked at: now, later, or not before something happens. */
export function scalingDue(state: CompanyState, now: EpochMs): EpochMs | null {
  const dues = rulesInOrder(state).flatMap((rule): EpochMs[] => {
    const next = nextSize(rule, loadOf(state, rule), now);
    if (next.kind === 'stay') return [];
    return [next.kind === 'change' ? now : next.until];
  });
  return dues.length === 0 ? null : (Math.min(...dues) as EpochMs);
}

export function scalePlan(state: CompanyState, plan: WorkerPlan, options: ScaleOptions): ScaledPlan {
  const start: MemberId[] = [];
  const excess: WorkerId[] = [];
  const kept = new Set<WorkerId>();
  const groups = groupsOf(state);
  const grouped = new Set([...groups.values()].flat().map(({ id }) => id));
  const own = (ids: readonly MemberId[], agents: readonly Member[]) =>
    ids.filter((id) => agents.some((agent) => agent.id === id));
  for (const [{ size }, agents] of groups) {
    const live = agents.flatMap((agent) => liveWorkers(state, agent));
    const wanted = own(plan.start, agents);
    const idle = live.filter((worker) => isIdle(state, worker) && !options.isAskedFor(worker.id));
    const room = size - live.length;
    start.push(...wanted.slice(0, Math.max(0, room)));
    // Who is there with nothing to do gives way to one who has something to do.
    const inTheWay = idle.filter(({ memberId }) => !wanted.includes(memberId));
    const tooMany = Math.max(0, -room);
    const swapped = Math.min(inTheWay.length, Math.max(0, wanted.length - Math.max(0, room)));
    excess.push(...inTheWay.slice(0, Math.max(tooMany, size > 0 ? swapped : 0)).map(({ id }) => id));
    for (const { id } of idle) if (!excess.includes(id)) kept.add(id);
    start.push(...beyondNeed(state, agents, room - wanted.length, wanted, options));
  }
  const isFree = (id: MemberId) => !grouped.has(id);
  return {
    ...plan,
    start: [...start, ...plan.start.filter(isFree)],
    warm: plan.warm.filter(isFree),
    excess,
    kept,
  };
}

/** Every agent belongs to the first rule that it fits. */
function groupsOf(state: CompanyState): Map<Scaling, Member[]> {
  const groups = new Map<Scaling, Member[]>(rulesInOrder(state).map((rule) => [rule, []]));
  if (groups.size === 0) return groups;
  for (const member of state.members.values()) {
    for (const [rule, agents] of groups) {
      if (!isInGroup(rule, member)) continue;
      agents.push(member);
      break;
    }
  }
  return groups;
}

/** First those who have no worker, then a second one of those who may do several tasks at once, and so on. */
function beyondNeed(
  state: CompanyState,
  agents: readonly Member[],
  count: number,
  wanted: readonly MemberId[],
  { mayStart }: ScaleOptions,
): MemberId[] {
  if (count <= 0 || state.company?.pause) return [];
  const able = agents.filter((agent) => mayStart(agent.id) && !restOf(state, agent));
  const has = new Map(
    able.map((agent) => [
      agent,
      liveWorkers(state, agent).length + wanted.filter((id) => id === agent.id).length,
    ]),
  );
  const more: MemberId[] = [];
  while (more.length < count) {
    const [next] = able
      .filter((agent) => (has.get(agent) ?? 0) < agent.maxConcurrent)
      .sort((a, b) => (has.get(a) ?? 0) - (has.get(b) ?? 0) || (a.name < b.name ? -1 : 1));
    if (!next) break;
    has.set(next, (has.get(next) ?? 0) + 1);
    more.push(next.id);
  }
  return more;
}

/** Those that take tasks, or will. */
function liveWorkers(state: CompanyState, { id }: Pick<Member, 'id'>): Worker[] {
  return [...state.index.workersByMember.get(id)].filter(
    ({ endedAt, state: is }) => endedAt === null && is !== 'draining' && is !== 'hung',
  );
}

function isIdle(state: CompanyState, { id, memberId, state: is, pause }: Worker): boolean {
  if (is !== 'ready' || pause !== null) return false;
  const agent = state.members.get(memberId);
  if (!agent || openLeases(state, agent) === 0) return true;
  return ![...state.index.leasedByMember.get(memberId)].some(({ lease }) => lease?.workerId === id);
}
