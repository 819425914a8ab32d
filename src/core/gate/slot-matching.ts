/** Can the open slots of a gate all be filled, and by whom: a bipartite matching of slots and members. */
import type { MemberId, RoleId } from '../ids.ts';
import type { RoleRequirement } from '../workflow/workflow.ts';

/** One of the sign-offs that a role owes: the first has index 0. */
export interface Slot {
  readonly roleId: RoleId;
  readonly index: number;
}

export interface Candidate {
  readonly memberId: MemberId;
  readonly human: boolean;
  /** The roles whose slots the member may sign. */
  readonly signs: ReadonlySet<RoleId>;
  /** May fill a slot of each role, also where the gate asks for distinct members (the owner, by policy). */
  readonly mayFillSeveral: boolean;
}

export interface SlotQuestion {
  readonly requires: readonly RoleRequirement[];
  /** Slots that are filled already, and by whom. */
  readonly filled: readonly {
    readonly roleId: RoleId;
    readonly memberId: MemberId;
    readonly human: boolean;
  }[];
  /** Earlier ones are preferred. */
  readonly candidates: readonly Candidate[];
  readonly distinct: boolean;
  readonly humanRequired: boolean;
  /** Members who may not sign: the authors, where self-approval is forbidden. */
  readonly excluded: ReadonlySet<MemberId>;
}

export interface Assignment {
  readonly slot: Slot;
  readonly memberId: MemberId;
}

export type Unfillable =
  /** Nobody at all may sign as the role. */
  | { readonly kind: 'nobody'; readonly roleId: RoleId }
  /** All who may sign as the role are excluded. */
  | { readonly kind: 'only-excluded'; readonly roleId: RoleId; readonly memberIds: readonly MemberId[] }
  /** The slots of these roles need more distinct members than there are. */
  | {
      readonly kind: 'too-few';
      readonly roleIds: readonly RoleId[];
      readonly slots: number;
      readonly members: number;
    }
  /** All slots could be filled, but not with a human among the signers. */
  | { readonly kind: 'no-human' };

export type SlotAnswer =
  | { readonly ok: true; readonly assignment: readonly Assignment[] }
  | { readonly ok: false; readonly reason: Unfillable };

/** A member's right to fill one slot: of the named role, or of any (null). */
interface Seat {
  readonly candidate: Candidate;
  readonly roleId: RoleId | null;
}

/** The slots that nobody has filled, in the order of the rule. */
export function openSlots(
  requires: readonly RoleRequirement[],
  filled: readonly { readonly roleId: RoleId }[],
): Slot[] {
  return requires.flatMap(({ roleId, count }) => {
    const taken = filled.filter((signOff) => signOff.roleId === roleId).length;
    return Array.from({ length: Math.max(0, count - taken) }, (_, n) => ({ roleId, index: taken + n }));
  });
}

/** Finds who could fill every open slot at once; a slot of one role is never filled twice by one member. */
export function matchSlots(question: SlotQuestion): SlotAnswer {
  const open = openSlots(question.requires, question.filled);
  const alone = open.find((slot) => !candidatesFor(slot, question).length);
  if (alone) return { ok: false, reason: whyNobody(alone, question) };
  const seats = seatsOf(question);
  const plain = assign(open, seats);
  if (!plain.ok) return plain;
  if (!question.humanRequired || question.filled.some(({ human }) => human) || hasHuman(plain, seats))
    return plain;
  return assignWithHuman(open, seats) ?? { ok: false, reason: { kind: 'no-human' } };
}

function candidatesFor({ roleId }: Slot, { candidates, excluded }: SlotQuestion): Candidate[] {
  return candidates.filter(({ memberId, signs }) => signs.has(roleId) && !excluded.has(memberId));
}

function whyNobody({ roleId }: Slot, { candidates }: SlotQuestion): Unfillable {
  const memberIds = candidates.filter(({ signs }) => signs.has(roleId)).map(({ memberId }) => memberId);
  return memberIds.length > 0 ? { kind: 'only-excluded', roleId, memberIds } : { kind: 'nobody', roleId };
}

/** The seats that are left: those used by filled slots are gone. */
function seatsOf({ requires, filled, candidates, distinct, excluded }: SlotQuestion): Seat[] {
  return candidates
    .filter(({ memberId }) => !excluded.has(memberId))
    .flatMap((candidate): Seat[] => {
      const signed = filled.filter(({ memberId }) => memberId === candidate.memberId);
      if (distinct && !candidate.mayFillSeveral) {
        return signed.length > 0 ? [] : [{ candidate, roleId: null }];
      }
      return requires
        .filter(
          ({ roleId }) => candidate.signs.has(roleId) && !signed.some((other) => other.roleId === roleId),
        )
        .map(({ roleId }) => ({ candidate, roleId }));
    });
}

function fits(slot: Slot, { candidate, roleId }: Seat): boolean {
  return candidate.signs.has(slot.roleId) && (roleId === null || roleId === slot.roleId);
}

/** Augmenting paths (Kuhn): a slot takes a free seat, or the seat of a slot that can move on to another. */
function assign(open: readonly Slot[], seats: readonly Seat[]): SlotAnswer {
  const taken = new Map<Seat, Slot>();
  const place = (slot: Slot, tried: Set<Seat>): boolean => {
    for (const seat of seats) {
      if (tried.has(seat) || !fits(slot, seat)) continue;
      tried.add(seat);
      const occupant = taken.get(seat);
      if (occupant && !place(occupant, tried)) continue;
      taken.set(seat, slot);
      return true;
    }
    return false;
  };
  for (const slot of open) {
    const tried = new Set<Seat>();
    if (!place(slot, tried)) return { ok: false, reason: tooFew(slot, tried, taken) };
  }
  const bySlot = new Map([...taken].map(([seat, slot]) => [slot, seat.candidate.memberId]));
  const assignment = open.flatMap((slot) => {
    const memberId = bySlot.get(slot);
    return memberId ? [{ slot, memberId }] : [];
  });
  return { ok: true, assignment };
}

/** By Hall's theorem: the slot and those that hold all the seats it tried compete for these seats alone. */
function tooFew(slot: Slot, tried: ReadonlySet<Seat>, taken: ReadonlyMap<Seat, Slot>): Unfillable {
  const rivals = [slot, ...[...tried].flatMap((seat) => taken.get(seat) ?? [])];
  const members = new Set([...tried].map(({ candidate }) => candidate.memberId));
  return {
    kind: 'too-few',
    roleIds: [...new Set(rivals.map(({ roleId }) => roleId))],
    slots: rivals.length,
    members: members.size,
  };
}

function hasHuman(answer: { readonly assignment: readonly Assignment[] }, seats: readonly Seat[]): boolean {
  const humans = new Set(
    seats.filter(({ candidate }) => candidate.human).map(({ candidate }) => candidate.memberId),
  );
  return answer.assignment.some(({ memberId }) => humans.has(memberId));
}

/** Gives one slot to a human first, every way there is, and the rest to whoever can fill it. */
function assignWithHuman(open: readonly Slot[], seats: readonly Seat[]): SlotAnswer | null {
  for (const seat of seats.filter(({ candidate }) => candidate.human)) {
    for (const slot of open.filter((other) => fits(other, seat))) {
      const rest = assign(
        open.filter((other) => other !== slot),
        seats.filter((other) => other !== seat),
      );
      if (!rest.ok) continue;
      return { ok: true, assignment: [{ slot, memberId: seat.candidate.memberId }, ...rest.assignment] };
    }
  }
  return null;
}
