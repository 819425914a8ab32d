/** A step or a gate of an epic in one sentence, for whoever hears the drawing. Pure. */

import { needsMember } from '../../../core/gate/asked-slots.ts';
import type { MemberId } from '../../../core/ids.ts';
import type { CompanyState } from '../../../core/state.ts';
import { gatePhase, taskPhase } from '../../company/phase.ts';
import type { GraphItem } from './epic-graph.ts';
import { strings } from './strings.ts';

/** Without what only time changes: it is said again when it differs. */
export function itemWords(state: CompanyState, item: GraphItem, self: MemberId | null): string {
  if (item.kind === 'step') {
    const task = state.tasks.get(item.step.id);
    if (!task) return '';
    const holder = task.lease && state.members.get(task.lease.memberId)?.name;
    return strings.stepWords(task.title, taskPhase(task).label, holder ?? null, task.attempts.length);
  }
  const gate = state.gates.get(item.gate.name);
  if (!gate) return '';
  const all = gate.rule.requires.reduce((sum, { count }) => sum + count, 0);
  const needsYou = needsMember(state, gate, self);
  return strings.gateWords(gate.name, gatePhase(gate).label, gate.signOffs.length, all, needsYou);
}
