/** What a member is told who asks in a channel who they are there, and what waits for them. */
import type { MemberId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import { signersOf } from './approval-tokens.ts';

/** So many gates are named. */
const named = 20;

export function whatWaits(state: CompanyState, memberId: MemberId): string {
  const name = state.members.get(memberId)?.name ?? memberId;
  const gates = [...state.index.gatesByState.get('waiting')].flatMap((gate) => {
    const [signer] =
      gate.artifactHash === null ? [] : signersOf(state, gate.id, gate.artifactHash, [memberId]);
    return signer ? [`- ${gate.name}, as ${signer.roleId}`] : [];
  });
  if (gates.length === 0) return `You are ${name}. No gate waits for you.`;
  const more = gates.length > named ? [`and ${gates.length - named} more`] : [];
  const count = gates.length === 1 ? 'One gate waits' : `${gates.length} gates wait`;
  return [`You are ${name}. ${count} for you:`, ...gates.sort().slice(0, named), ...more].join('\n');
}
