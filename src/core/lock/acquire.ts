/** Decides who gets a file lock: whoever asks first, while nobody holds a path of it. */
import { actingMember, actingSession } from '../acting-member.ts';
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { durationWords } from '../duration-words.ts';
import { CoordError } from '../error.ts';
import { amongOthers, endableBy, hostName } from '../host/among-hosts.ts';
import type { HostId, SessionId, TaskId, WorkerId } from '../ids.ts';
import type { Member } from '../org/org.ts';
import { requireCompany } from '../org/require-company.ts';
import { requireTask } from '../require-row.ts';
import type { CompanyState } from '../state.ts';
import type { DurationMs, EpochMs } from '../units.ts';
import { addMs, ms, sinceMs } from '../units.ts';
import { freed } from './free.ts';
import type { FileLock } from './lock.ts';
import { holds, isInTheWay } from './lock.ts';
import type { LockEvent } from './lock-events.ts';
import type { PathScope } from './path-scope.ts';
import { parseScope } from './path-scope.ts';

/** The longest time without a renewal: a week. */
const longestTtl = 604_800_000;

/** More than one needs; whoever wants them all locks their folder. */
const maxLocksOfSession = 1_000;

/**
 * @throws CoordError `LOCK_HELD` - naming who has it, for what and until when, also when it is the asker's own session
 * @throws CoordError `PATH_OUTSIDE`, `BAD_INPUT` (scope or time); `LEASE_LOST` - the asker does not work on the task
 * @throws CoordError `TOO_MANY_LOCKS` - the session holds as many as it may
 * @throws CoordError `PAUSED` - the asker is an agent of a stopped company; `SESSION_INVALID` - its worker has ended
 */
export function decideAcquireLock(
  state: CompanyState,
  command: CommandOf<'lock.acquire'>,
  context: Context,
): LockEvent[] {
  const { now, host } = context;
  const member = actingMember(state, context);
  const session = actingSession(context);
  const scope = parseScope(command.scope);
  refuseWhileStopped(state, member, scope);
  const ttl = ttlOf(state, command);
  if (command.taskId !== null) refuseOthersTask(state, member, session.workerId, command.taskId);
  if (session.workerId !== null) refuseEndedWorker(state, session.workerId);
  refuseTooMany(state, session.sessionId);
  const overlapping = state.index.locks.overlapping(scope);
  const isOurs = endableBy(state, amongOthers(context));
  const holding = overlapping.find((lock) => isInTheWay(lock, now, isOurs));
  if (holding) throw lockHeld(state, scope, holding, now);
  return [
    ...overlapping.map((lock) => freed(lock, 'expired')),
    {
      type: 'lock.acquired',
      lock: {
        id: context.newId('lock'),
        scope: scope.text,
        holder: { memberId: member.id, ...session, hostId: host, taskId: command.taskId },
        intent: command.intent,
        ttl,
        until: addMs(now, ttl),
      },
    },
  ];
}

/** The lock that keeps others at that host from the scope; null: it is free. */
export function lockOn(
  state: CompanyState,
  scope: PathScope,
  now: EpochMs,
  host: HostId | null,
): FileLock | null {
  const isOurs = endableBy(state, host);
  return state.index.locks.overlapping(scope).find((lock) => isInTheWay(lock, now, isOurs)) ?? null;
}

function ttlOf(state: CompanyState, { ttl }: CommandOf<'lock.acquire'>): DurationMs {
  const wanted = ttl ?? requireCompany(state).policy.lockTtl;
  if (wanted > 0 && wanted <= longestTtl) return wanted;
  const length = wanted === 0 ? 'of no time' : `for ${durationWords(wanted)}`;
  throw new CoordError(
    'BAD_INPUT',
    `A lock ${length} was refused: give it some seconds, or up to ${durationWords(ms(longestTtl))}`,
    { ttl: wanted, longest: longestTtl },
  );
}

/** A paused company lets go on what is under way, and that may need files; a stopped one does not. */
function refuseWhileStopped({ company }: CompanyState, member: Member, scope: PathScope): void {
  const pause = company?.pause;
  if (member.kind === 'human' || pause?.kind !== 'stopped') return;
  throw new CoordError(
    'PAUSED',
    `${member.name} can't lock “${scope.text}”: the company is stopped: ${pause.reason}; resume it first`,
    { scope: scope.text },
  );
}

/** Nothing would free its lock any more: its session is over, whether that has heard of it or not. */
function refuseEndedWorker(state: CompanyState, workerId: WorkerId): void {
  const worker = state.workers.get(workerId);
  if (worker?.endedAt === null) return;
  const reason = worker?.exitReason ?? 'it ended long ago';
  throw new CoordError(
    'SESSION_INVALID',
    `A file lock was refused: the worker ${workerId} of this session has ended: ${reason}. Connect anew, and claim again`,
    { workerId, reason },
  );
}

function refuseTooMany(state: CompanyState, sessionId: SessionId): void {
  const held = state.index.locksBySession.get(sessionId).size;
  if (held < maxLocksOfSession) return;
  throw new CoordError(
    'TOO_MANY_LOCKS',
    `This session holds ${held} locks, and a session may hold ${maxLocksOfSession}. Release those that are done with, ` +
      'or lock the folder that the files are in',
    { held, max: maxLocksOfSession },
  );
}

/** A worker takes locks for its own tasks only, not for those of another worker of its agent. */
function refuseOthersTask(
  state: CompanyState,
  member: Member,
  workerId: WorkerId | null,
  taskId: TaskId,
): void {
  const task = requireTask(state, taskId);
  const isOwn = workerId === null || task.lease?.workerId === workerId;
  if (task.lease?.memberId === member.id && isOwn) return;
  throw new CoordError(
    'LEASE_LOST',
    `${member.name} can't lock files for "${task.title}": they do not work on it; claim it first, or name no task`,
    { taskId, state: task.state },
  );
}

function lockHeld(state: CompanyState, scope: PathScope, lock: FileLock, now: EpochMs): CoordError {
  const { id, holder, intent, token, acquiredAt, until } = lock;
  const name = state.members.get(holder.memberId)?.name ?? holder.memberId;
  const rest =
    holds(lock, now) || holder.hostId === null
      ? `for ${durationWords(sinceMs(now, until))} more`
      : `until the host ${hostName(state, holder.hostId)}, where it was taken, says otherwise or is lost`;
  return new CoordError(
    'LOCK_HELD',
    `“${scope.text}” is locked: ${name} has held “${lock.scope}” for ${durationWords(sinceMs(acquiredAt, now))} ` +
      `(${intent}), and may ${rest}. Wait for it, or ask ${name}`,
    {
      scope: scope.text,
      lockId: id,
      held: lock.scope,
      holder: name,
      intent,
      token,
      since: acquiredAt,
      until,
    },
  );
}
