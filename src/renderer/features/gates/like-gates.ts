/** Gates that ask the same person for the same: of one name, in one workflow, for one slot. Pure. */
import { askedSlots, slotsNeeding } from '../../../core/gate/asked-slots.ts';
import type { Gate } from '../../../core/gate/gate.ts';
import { gatedEpic } from '../../../core/gate/gated-work.ts';
import type { MemberId, RoleId } from '../../../core/ids.ts';
import type { CompanyState } from '../../../core/state.ts';

export interface LikeGates {
  readonly name: string;
  /** The slot that each of them has open for this person. */
  readonly roleId: RoleId;
  /** Two or more, those that wait the longest first. */
  readonly gates: readonly Gate[];
}

/** Approvals outside workflows are alike in nothing but their form: each is signed for itself. */
export function likeGates(state: CompanyState, self: MemberId | null): LikeGates[] {
  const kinds = new Map<string, { name: string; roleId: RoleId; gates: Gate[] }>();
  for (const gate of state.index.gatesByState.get('waiting')) {
    const workflow = gatedEpic(state, gate)?.workflow.name;
    const [slot] = slotsNeeding(gate, askedSlots(state, gate), self);
    if (workflow === undefined || !slot) continue;
    const key = `${workflow} ${gate.name} ${slot.roleId}`;
    const kind = kinds.get(key) ?? { name: gate.name, roleId: slot.roleId, gates: [] };
    kind.gates.push(gate);
    kinds.set(key, kind);
  }
  return [...kinds.values()]
    .filter(({ gates }) => gates.length > 1)
    .map((kind) => ({
      ...kind,
      gates: kind.gates.toSorted((a, b) => (a.waitingSince ?? 0) - (b.waitingSince ?? 0)),
    }));
}
