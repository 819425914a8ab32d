/** Finds the member that a program of the owner wants to act for, brings it online if it is an agent, and records it. */
import type { z } from 'zod';
import type { Acting, actAsSchema } from '../contract/act-as.ts';
import { CoordError } from '../core/error.ts';
import type { MemberId, RoleId } from '../core/ids.ts';
import { nearestName } from '../core/nearest-name.ts';
import { seniority } from '../core/org/membership.ts';
import type { Member } from '../core/org/org.ts';
import { requireCompany } from '../core/org/require-company.ts';
import type { CompanyState } from '../core/state.ts';
import type { OpenCompany } from './open-company.ts';
import { randomId } from './world.ts';

type Wish = z.output<typeof actAsSchema>;

/**
 * @param client what the program calls itself
 * @throws CoordError `NOT_FOUND` - with who there is; `NOT_ENTITLED` - the member has not that role
 * @throws CoordError `AGENT_BUSY` - everybody who fits has a worker already; `PAUSED` - the company is stopped
 */
export async function beginActing(
  company: OpenCompany,
  wish: Wish,
  client: string,
): Promise<Acting & { readonly actedBy: MemberId }> {
  const { member, workerId } = await bringOnline(company, wish, client);
  const sessionId = randomId('session');
  try {
    const ownerId = await company.coordinator.read((state) => requireCompany(state).ownerId);
    await company.coordinator.execute(
      { kind: 'member', memberId: ownerId, sessionId },
      { type: 'session.open', memberId: member.id, client, pid: wish.pid, workingOn: wish.workingOn },
    );
    const { id: memberId, name, kind } = member;
    return { actedBy: ownerId, memberId, name, kind, sessionId, workerId };
  } catch (error) {
    if (workerId !== null) await company.externalWorkers.end(workerId);
    throw error;
  }
}

async function bringOnline(company: OpenCompany, wish: Wish, client: string) {
  for (;;) {
    const member = await company.coordinator.read((state) => memberFor(state, wish));
    if (member.kind === 'human') return { member, workerId: null };
    try {
      return { member, workerId: await company.externalWorkers.start(member.id, client, wish.pid) };
    } catch (error) {
      // Somebody took the agent meanwhile; another one of the role may be free.
      if (!(error instanceof CoordError && error.code === 'AGENT_BUSY')) throw error;
      if (wish.member !== null) throw busy(error);
    }
  }
}

function busy({ message, details }: CoordError): CoordError {
  const { workers } = details;
  const drain = Array.isArray(workers) ? `, or let one end first: agentcoord worker drain ${workers[0]}` : '';
  return new CoordError(
    'AGENT_BUSY',
    `${message}. Act for any agent of a role that is free instead (--role)${drain}`,
    details,
  );
}

function memberFor(state: CompanyState, { member, role }: Wish): Member {
  if (member === null) {
    if (role === null) throw new CoordError('BAD_INPUT', 'Say whom to act for: name a member, or a role');
    return freeAgent(state, role);
  }
  const found = memberNamed(state, member);
  if (role === null || seniority(state, found, role) !== null) return found;
  throw new CoordError('NOT_ENTITLED', `${found.name} is no ${role}: ${found.roleIds.join(', ')}`, {
    memberId: found.id,
    role,
  });
}

/** @throws CoordError `NOT_FOUND` - with who there is; `BAD_INPUT` - several have that name */
export function memberNamed({ members }: CompanyState, wanted: string): Member {
  const byId = [...members.values()].find(({ id }) => id === wanted);
  if (byId) return byId;
  const named = [...members.values()].filter(
    ({ name }) => name.toLowerCase() === wanted.trim().toLowerCase(),
  );
  const [found, ...others] = named;
  if (found && others.length === 0) return found;
  const names = [...members.values()].map(({ name }) => name).sort();
  throw found
    ? new CoordError(
        'BAD_INPUT',
        `“${wanted}” may mean several members: ${named.map(({ id }) => id).join(', ')}`,
      )
    : new CoordError(
        'NOT_FOUND',
        `There is no member “${wanted}” to act for. There are: ${names.join(', ')}`,
        {
          wanted,
        },
      );
}

/** The one that stands closest to the role, then the first by name. */
function freeAgent(state: CompanyState, role: RoleId): Member {
  const agents = [...state.members.values()].flatMap((member) => {
    const rank = member.kind === 'agent' ? seniority(state, member, role) : null;
    return rank === null ? [] : [{ member, rank }];
  });
  if (agents.length === 0) {
    const held = [...state.members.values()].flatMap(({ kind, roleIds }) =>
      kind === 'agent' ? roleIds : [],
    );
    const near = nearestName(role, held);
    const hint = near === null ? 'add one, or name a member' : `did you mean \`${near}\`?`;
    throw new CoordError('NOT_FOUND', `No agent of the company is a ${role}: ${hint}`, { role });
  }
  const live = ({ id }: Member) =>
    [...state.index.workersByMember.get(id)].filter(({ endedAt }) => endedAt === null).length;
  const [best] = agents
    .filter(({ member }) => live(member) < member.maxConcurrent)
    .sort((a, b) => a.rank - b.rank || (a.member.name < b.member.name ? -1 : 1));
  if (best) return best.member;
  throw new CoordError(
    'AGENT_BUSY',
    `Every agent that is a ${role} has its worker already: wait until one ends`,
    {
      role,
    },
  );
}
