/** Where a gate stands, in words: after or before its step, or asked for by somebody. Pure. */
import type { Gate } from '../../../core/gate/gate.ts';
import { gatedTask } from '../../../core/gate/gated-work.ts';
import type { CompanyState } from '../../../core/state.ts';
import { strings } from './strings.ts';

export function gatePlace(state: CompanyState, gate: Gate): string {
  if (gate.request) return strings.askedFor(state.members.get(gate.request.by)?.name ?? gate.request.by);
  const step = gatedTask(state, gate)?.title ?? gate.stepId ?? '';
  return gate.rule.position === 'after' ? strings.after(step) : strings.before(step);
}
