/** Decides that a gate is kept out of the sight of one person for a time: it goes on waiting, and its time goes on running. */
import { actingMember } from '../acting-member.ts';
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import { throwIfRefused } from '../refusal.ts';
import { requireGate } from '../require-row.ts';
import type { CompanyState } from '../state.ts';
import type { EpochMs } from '../units.ts';
import { addMs } from '../units.ts';
import type { GateEvent } from './gate-events.ts';
import { requireInPerson } from './in-person.ts';
import { requireWaiting } from './sign.ts';
import { isEntitledToAny, notEntitled } from './signing-rules.ts';

/** @throws CoordError `GATE_NOT_WAITING`, `NOT_ENTITLED`, `NOT_IN_PERSON` */
export function decideSetGateAside(
  state: CompanyState,
  { gateId, lasting, reason }: CommandOf<'gate.set_aside'>,
  context: Context,
): GateEvent[] {
  const gate = requireGate(state, gateId);
  const member = actingMember(state, context);
  requireInPerson(context, member);
  requireWaiting(gate);
  if (!isEntitledToAny(state, gate, member)) {
    const roleIds = gate.rule.requires.map(({ roleId }) => roleId);
    throwIfRefused(notEntitled(state, gate, member, roleIds));
  }
  const until = addMs(context.now, lasting);
  return [{ type: 'gate.set_aside', gateId, memberId: member.id, reason, until }];
}

/** @throws CoordError `WRONG_STATE` - they did not set it aside */
export function decideTakeGateUp(
  state: CompanyState,
  { gateId }: CommandOf<'gate.take_up'>,
  context: Context,
): GateEvent[] {
  const { name, setAside } = requireGate(state, gateId);
  const { id: memberId, name: who } = actingMember(state, context);
  if (setAside.some((one) => one.memberId === memberId)) return [{ type: 'gate.taken_up', gateId, memberId }];
  throw new CoordError('WRONG_STATE', `${who} has not set gate ${name} aside: there is nothing to take up`, {
    gateId,
    memberId,
  });
}

/** What was set aside for long enough is in sight again. */
export function endSetAside(state: CompanyState, now: EpochMs): GateEvent[] {
  return state.index.gatesSetAside
    .until(now)
    .flatMap(({ id: gateId, setAside }) =>
      setAside
        .filter(({ until }) => until <= now)
        .map(({ memberId }): GateEvent => ({ type: 'gate.taken_up', gateId, memberId })),
    );
}
