/** Decides what becomes of a vetoed gate. */
import { actingMember } from '../acting-member.ts';
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import { requireGate } from '../require-row.ts';
import type { CompanyState } from '../state.ts';
import type { GateEvent } from './gate-events.ts';
import { requireInPerson } from './in-person.ts';

/** @throws CoordError `WRONG_STATE` - nobody vetoed it; `NOT_IN_PERSON` */
export function decideArbitrateGate(
  state: CompanyState,
  { gateId, ruling, note }: CommandOf<'gate.arbitrate'>,
  context: Context,
): GateEvent[] {
  const gate = requireGate(state, gateId);
  const member = actingMember(state, context);
  requireInPerson(context, member);
  const by = member.id;
  if (gate.state === 'vetoed') return [{ type: 'gate.arbitrated', gateId, by, ruling, note }];
  throw new CoordError(
    'WRONG_STATE',
    `There is nothing to arbitrate at gate ${gate.name}: it is ${gate.state}, not vetoed`,
    { gateId, state: gate.state },
  );
}
