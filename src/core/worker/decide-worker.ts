/** Decides what the host and the workers say about workers. */
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import type { CompanyEvent } from '../event.ts';
import { amongOthers, endableBy } from '../host/among-hosts.ts';
import { requireMember } from '../org/membership.ts';
import type { Member } from '../org/org.ts';
import { requireCompany } from '../org/require-company.ts';
import { requireWorker } from '../require-row.ts';
import type { CompanyState } from '../state.ts';
import type { EpochMs } from '../units.ts';
import { addMs, ms, sinceMs } from '../units.ts';
import { leasesOf } from './leases-of.ts';
import type { Worker } from './worker.ts';
import { externalLauncher } from './worker.ts';
import type { WorkerEvent } from './worker-events.ts';

/** @throws CoordError `NAME_TAKEN`, `NOT_FOUND`, `BAD_INPUT` - people need no worker; `AGENT_BUSY` - it has its workers; `PAUSED` - no host could end it */
export function decideStartWorker(
  state: CompanyState,
  { workerId, memberId, launcher, runner }: CommandOf<'worker.start'>,
  { host: hostId, hasHappened }: Pick<Context, 'host' | 'hasHappened'>,
): WorkerEvent[] {
  if (state.workers.get(workerId)) {
    throw new CoordError('NAME_TAKEN', `There is a worker ${workerId} already; start one with a fresh id`, {
      workerId,
    });
  }
  const member = requireMember(state, memberId);
  if (member.kind === 'human') {
    throw new CoordError('BAD_INPUT', `${member.name} is a person: only an agent has workers`, { memberId });
  }
  if (launcher === externalLauncher) refuseWhileStopped(state, member);
  const live = [...state.index.workersByMember.get(memberId)].filter(isLive);
  // Each of two hosts that are cut off may start the last one: both are real, and what they did counts.
  if (live.length >= member.maxConcurrent && !hasHappened) {
    throw new CoordError('AGENT_BUSY', `${member.name} has as many workers as it may do tasks at once`, {
      memberId,
      workers: live.map(({ id }) => id).sort(),
    });
  }
  return [{ type: 'worker.started', worker: { id: workerId, memberId, hostId, launcher, runner } }];
}

/** What the host starts it ends again by itself; a program of the owner would stay. */
function refuseWhileStopped(state: CompanyState, { id, name }: Member): void {
  const { pause } = requireCompany(state);
  if (pause?.kind !== 'stopped') return;
  throw new CoordError(
    'PAUSED',
    `Nobody can act for ${name}: the company is stopped: ${pause.reason}; resume it first`,
    { memberId: id },
  );
}

/** @throws CoordError `WRONG_STATE` - it reported before, or has ended */
export function decideReportReady(
  state: CompanyState,
  { workerId, pid }: CommandOf<'worker.report_ready'>,
): WorkerEvent[] {
  const worker = requireLive(state, workerId);
  if (worker.state === 'starting') return [{ type: 'worker.ready', workerId, pid }];
  throw new CoordError('WRONG_STATE', `Worker ${workerId} reported ready before: it is ${worker.state}`, {
    workerId,
    state: worker.state,
  });
}

/** Recorded at most once in a heartbeat; leases past half are renewed with it. */
export function decideBeat(
  state: CompanyState,
  { workerId }: CommandOf<'worker.beat'>,
  { now }: Context,
): CompanyEvent[] {
  const worker = requireLive(state, workerId);
  const { policy } = requireCompany(state);
  const isNews = sinceMs(worker.lastSeenAt, now) >= policy.heartbeat;
  const renewals = leasesOf(state, worker).flatMap(({ id, lease }): CompanyEvent[] => {
    const isPastHalf = lease?.until != null && lease.until <= addMs(now, ms(policy.lease / 2));
    if (!isPastHalf) return [];
    return [{ type: 'task.lease_renewed', taskId: id, token: lease.token, until: addMs(now, policy.lease) }];
  });
  return isNews ? [{ type: 'worker.seen', workerId }, ...renewals] : renewals;
}

/** Those that were silent for as long as the policy bears: the clock says so, not they. */
export function decideHung(state: CompanyState, context: Context): WorkerEvent[] {
  const { now } = context;
  const { hungAfter } = requireCompany(state).policy;
  const reason = `hung: no heartbeat for ${hungAfter / 1_000} s`;
  return state.index.workersBySilence
    .until((now - hungAfter) as EpochMs, endableBy(state, amongOthers(context)))
    .map(({ id }) => ({ type: 'worker.hung', workerId: id, reason }));
}

export function decideDrain(state: CompanyState, { workerId }: CommandOf<'worker.drain'>): WorkerEvent[] {
  const worker = requireLive(state, workerId);
  return worker.state === 'draining' ? [] : [{ type: 'worker.draining', workerId }];
}

/** Asking for what is so already changes nothing. @throws CoordError `NOT_FOUND`, `WRONG_STATE` - it has ended */
export function decidePauseWorker(
  state: CompanyState,
  { workerId, reason }: CommandOf<'worker.pause'>,
): WorkerEvent[] {
  return requireLive(state, workerId).pause ? [] : [{ type: 'worker.paused', workerId, reason }];
}

/** @throws CoordError `NOT_FOUND`, `WRONG_STATE` - it has ended */
export function decideResumeWorker(
  state: CompanyState,
  { workerId }: CommandOf<'worker.resume'>,
): WorkerEvent[] {
  return requireLive(state, workerId).pause ? [{ type: 'worker.resumed', workerId }] : [];
}

/** Ending one that has ended changes nothing: its process can be reported more than once. */
export function decideEndWorker(
  state: CompanyState,
  { workerId, outcome, reason, hold }: CommandOf<'worker.end'>,
): WorkerEvent[] {
  const worker = requireWorker(state, workerId);
  if (!isLive(worker)) return [];
  if (outcome === 'stopped') return [{ type: 'worker.stopped', workerId, reason }];
  return [{ type: 'worker.crashed', workerId, reason, ...(hold && { hold }) }];
}

function isLive({ endedAt }: Worker): boolean {
  return endedAt === null;
}

function requireLive(state: CompanyState, id: Worker['id']): Worker {
  const worker = requireWorker(state, id);
  if (worker.state === 'hung') {
    throw new CoordError(
      'WRONG_STATE',
      `Worker ${id} can do no more: ${worker.exitReason}; its tasks go to others, so it must end`,
      { workerId: id, state: worker.state },
    );
  }
  if (isLive(worker)) return worker;
  throw new CoordError(
    'WRONG_STATE',
    `Worker ${id} has ${worker.state} and can do no more: ${worker.exitReason}`,
    {
      workerId: id,
      state: worker.state,
    },
  );
}
