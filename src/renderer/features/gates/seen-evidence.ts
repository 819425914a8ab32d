/** Which version of each gate's evidence this person has had before them at this tab: only that is signed together with others. */
import type { Gate } from '../../../core/gate/gate.ts';
import type { GateId } from '../../../core/ids.ts';

const placeOf = (gateId: GateId): string => `seen:${gateId}`;

export function markSeen({ id, artifactHash }: Pick<Gate, 'id' | 'artifactHash'>): void {
  if (artifactHash !== null) sessionStorage.setItem(placeOf(id), artifactHash);
}

/** False as soon as it is about something else than what was seen. */
export function isSeen({ id, artifactHash }: Pick<Gate, 'id' | 'artifactHash'>): boolean {
  return artifactHash !== null && sessionStorage.getItem(placeOf(id)) === artifactHash;
}
