/** Decides that somebody's wish for workers is one that the host can meet. */
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import type { RoleId } from '../ids.ts';
import { requireMember } from '../org/membership.ts';
import type { Member } from '../org/org.ts';
import { requireCompany } from '../org/require-company.ts';
import type { CompanyState } from '../state.ts';
import type { WorkersAsked } from './worker-events.ts';

/**
 * For a role, the agents that have none come first.
 * @throws CoordError `BAD_INPUT` - it names no agent and no role, or a person; `NOT_FOUND`; `PAUSED` - the company is
 *   stopped; `AGENT_BUSY` - together they may not have so many
 */
export function decideRequestWorkers(
  state: CompanyState,
  { memberId, roleId, count, launcher, runner }: CommandOf<'worker.request'>,
  { host: hostId }: Pick<Context, 'host'>,
): WorkersAsked[] {
  const { pause } = requireCompany(state);
  if (pause?.kind === 'stopped') {
    throw new CoordError(
      'PAUSED',
      `No worker may start: the company is stopped: ${pause.reason}; resume it first`,
    );
  }
  const agents = agentsFor(state, memberId, roleId);
  const liveOf = (agent: Member) =>
    [...state.index.workersByMember.get(agent.id)].filter(({ endedAt }) => endedAt === null).length;
  const room = agents
    .map((agent) => ({ agent, live: liveOf(agent) }))
    .sort((a, b) => a.live - b.live || (a.agent.name < b.agent.name ? -1 : 1));
  const shares = new Map<Member, number>();
  let left = count;
  // One each, then a second one each, as long as there is room.
  while (left > 0) {
    const takers = room.filter(({ agent, live }) => live + (shares.get(agent) ?? 0) < agent.maxConcurrent);
    if (takers.length === 0) break;
    for (const { agent } of takers) {
      if (left === 0) break;
      shares.set(agent, (shares.get(agent) ?? 0) + 1);
      left -= 1;
    }
  }
  if (left > 0) throw tooMany(agents, count, count - left);
  return [...shares].map(([{ id }, share]) => ({
    type: 'worker.requested',
    memberId: id,
    count: share,
    launcher,
    runner,
    hostId,
  }));
}

function agentsFor(
  state: CompanyState,
  memberId: Member['id'] | undefined,
  roleId: RoleId | undefined,
): Member[] {
  if ((memberId === undefined) === (roleId === undefined)) {
    throw new CoordError('BAD_INPUT', 'Workers are asked for an agent or for a role: name one of the two');
  }
  if (memberId !== undefined) {
    const member = requireMember(state, memberId);
    if (member.kind === 'agent') return [member];
    throw new CoordError('BAD_INPUT', `${member.name} is a person: only an agent has workers`, { memberId });
  }
  const agents = [...state.members.values()].filter(
    ({ kind, roleIds }) => kind === 'agent' && roleId !== undefined && roleIds.includes(roleId),
  );
  if (agents.length > 0) return agents;
  throw new CoordError('NOT_FOUND', `No agent has the role ${roleId}; add one to the company first`, {
    roleId,
  });
}

function tooMany(agents: readonly Member[], asked: number, possible: number): CoordError {
  const names = agents.map(({ name }) => name).join(', ');
  return new CoordError(
    'AGENT_BUSY',
    `${asked} more than ${names} may have: there is room for ${possible}. Raise max_concurrent, or ask for fewer`,
    { asked, possible },
  );
}
