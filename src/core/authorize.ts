/** Decides whether whoever asks may give a command at all; what the command needs beside that, its decision checks. */
import type { Asked, Grant } from './authorization-rules.ts';
import { authorizationRules } from './authorization-rules.ts';
import type { Command } from './command.ts';
import type { Actor } from './context.ts';
import { CoordError } from './error.ts';
import type { Capability } from './ids.ts';
import { holders, holdsCapability } from './org/membership.ts';
import type { Member } from './org/org.ts';
import { requireCompany } from './org/require-company.ts';
import type { CompanyState } from './state.ts';

/**
 * @throws CoordError `FORBIDDEN` - naming the capability that is needed and who holds it
 * @throws CoordError `SESSION_INVALID` - the actor isn't a member any more
 * @throws CoordError `NOT_FOUND` - there is no company yet
 */
export function authorize(state: CompanyState, command: Command, actor: Actor): void {
  if (command.type !== 'company.create') requireCompany(state);
  const { doing, byHost } = authorizationRules[command.type];
  if (actor.kind === 'host') {
    if (byHost) return;
    throw new CoordError('FORBIDDEN', `The host may not ${doing}: it acts for no member; ask as one`, {
      command: command.type,
    });
  }
  const member = state.members.get(actor.memberId);
  if (!member) {
    const message = `${actor.memberId} may not ${doing}: no member of this company any more; sign in again`;
    throw new CoordError('SESSION_INVALID', message, { memberId: actor.memberId });
  }
  refuseUnlessGranted(state, member, command, grantFor({ state, command, member }));
}

/** The row of the command's own type, which the compiler can't tell from the others. */
function grantFor(asked: Asked<Command>): Grant {
  const { member } = authorizationRules[asked.command.type] as { member: (asked: Asked<Command>) => Grant };
  return member(asked);
}

function refuseUnlessGranted(state: CompanyState, member: Member, { type }: Command, grant: Grant): void {
  if (grant === 'every-member') return;
  const { doing } = authorizationRules[type];
  if ('refused' in grant) {
    throw new CoordError('FORBIDDEN', `${member.name} may not ${doing}: ${grant.refused}`, { command: type });
  }
  const { anyOf } = grant;
  if (anyOf.some((capability) => holdsCapability(state, member, capability))) return;
  const able = holdersOfAny(state, anyOf);
  const needed = anyOf.map((capability) => `\`${capability}\``).join(' or ');
  const whom = able.length > 0 ? `held by ${able.join(', ')}; ask one of them` : 'which nobody holds';
  throw new CoordError('FORBIDDEN', `${member.name} may not ${doing}: it needs ${needed}, ${whom}`, {
    command: type,
    capabilities: anyOf,
    holders: able,
  });
}

function holdersOfAny(state: CompanyState, capabilities: readonly Capability[]): string[] {
  const names = capabilities.flatMap((capability) => holders(state, capability).map(({ name }) => name));
  return [...new Set(names)].sort();
}
