/** Decides what a host says of itself, and that another one is lost. */
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import type { HostId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import { hostName } from './among-hosts.ts';
import type { Host } from './host.ts';
import type { HostEvent } from './host-events.ts';

/** Joining where it is already, by the same name, changes nothing. @throws CoordError `WRONG_STATE` - it is alone */
export function decideJoinHost(
  state: CompanyState,
  { name }: CommandOf<'host.join'>,
  context: Context,
): HostEvent[] {
  const hostId = requireShared(context, 'A host was refused to join');
  const known = state.hosts.get(hostId);
  if (known?.state === 'there' && known.name === name) return [];
  return [{ type: 'host.joined', hostId, name }];
}

/** @throws CoordError `WRONG_STATE` - it is alone */
export function decideLeaveHost(state: CompanyState, context: Context): HostEvent[] {
  const hostId = requireShared(context, 'A host was refused to leave');
  return state.hosts.get(hostId)?.state === 'there' ? [{ type: 'host.left', hostId }] : [];
}

/**
 * Nothing happens when it has joined since, or nothing of it is left to take over: several hosts notice it at once.
 * @throws CoordError `NOT_FOUND` - it never joined; `WRONG_STATE` - the host that says so means itself, or is cut off
 */
export function decideLoseHost(
  state: CompanyState,
  { hostId, unseenSince }: CommandOf<'host.lose'>,
  { host: own, isAway }: Context,
): HostEvent[] {
  const host = requireHost(state, hostId);
  const refused = `The host ${host.name} can't be counted as lost`;
  if (hostId === own) {
    throw new CoordError('WRONG_STATE', `${refused} by itself; let it leave instead`, { hostId });
  }
  if (isAway) {
    const why = 'by a host that is cut off itself and can’t tell; wait until it is connected again';
    throw new CoordError('WRONG_STATE', `${refused} ${why}`, { hostId });
  }
  if (host.joinedAt > unseenSince || !hasAnything(state, host)) return [];
  return [{ type: 'host.lost', hostId, adoptedBy: own, unseenSince }];
}

/** Only what has joined can be cut off. @throws CoordError `WRONG_STATE` - it is alone */
export function decideReportCutOff(state: CompanyState, context: Context): HostEvent[] {
  const hostId = requireShared(context, 'A host was refused to be cut off');
  const known = state.hosts.get(hostId);
  if (known?.state !== 'there' || known.cutOffSince !== null) return [];
  return [{ type: 'host.cut_off', hostId, since: context.now }];
}

/** One that was lost meanwhile joins again. @throws CoordError `WRONG_STATE` - it is alone */
export function decideReportBack(state: CompanyState, context: Context): HostEvent[] {
  const hostId = requireShared(context, 'A host was refused to come back');
  const known = state.hosts.get(hostId);
  if (!known || known.cutOffSince === null) return [];
  const { name, cutOffSince: since } = known;
  const back = { type: 'host.came_back', hostId, since } as const;
  return known.state === 'there' ? [back] : [back, { type: 'host.joined', hostId, name }];
}

function hasAnything({ index }: CompanyState, { id, state }: Host): boolean {
  return state === 'there' || index.workersByHost.get(id).size > 0 || index.tasksByHome.get(id).size > 0;
}

function requireHost(state: CompanyState, hostId: HostId): Host {
  const host = state.hosts.get(hostId);
  if (host) return host;
  throw new CoordError(
    'NOT_FOUND',
    `There is no host ${hostName(state, hostId)} in this company; \`agentcoord hosts\` lists those there are`,
    { hostId },
  );
}

/** @throws CoordError `WRONG_STATE` */
export function requireShared({ host }: Pick<Context, 'host'>, refused: string): HostId {
  if (host !== null) return host;
  throw new CoordError(
    'WRONG_STATE',
    `${refused}: the company's log is its own, shared with no other host; \`agentcoord move\` puts it where others reach it`,
  );
}
