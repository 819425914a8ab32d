/** What follows from what happened to a gate. */
import type { Context } from '../context.ts';
import { settleEpic } from '../epic/blockers.ts';
import type { CompanyEvent } from '../event.ts';
import type { CompanyState } from '../state.ts';
import { askAgain, askGatesAfter, askGatesBefore, passGate } from './ask.ts';
import type { Gate } from './gate.ts';
import type { GateEvent } from './gate-events.ts';
import { gatedEpic, gatedTask } from './gated-work.ts';
import { planReviews } from './review-tasks.ts';
import { sendBack, withdrawSiblings } from './rework.ts';
import { isFilled } from './signing-rules.ts';

export function gateConsequences(state: CompanyState, event: GateEvent, context: Context): CompanyEvent[] {
  const gate = state.gates.get('gate' in event ? event.gate.id : event.gateId);
  if (!gate) return [];
  switch (event.type) {
    case 'gate.created':
    case 'approval.requested':
      return [];
    case 'gate.asked':
      return [...settleIfBlocked(state, gate), ...openOrReview(state, gate, context)];
    case 'gate.signed':
      return openOrReview(state, gate, context);
    case 'gate.opened':
      return [...planReviews(state, gate, context), ...passGate(state, gate, context)];
    case 'gate.rejected':
      return [
        ...settleEpic(state, gate.epicId),
        ...planReviews(state, gate, context),
        ...sendBack(state, gate),
      ];
    case 'gate.vetoed':
      return [
        ...settleEpic(state, gate.epicId),
        ...planReviews(state, gate, context),
        ...withdrawSiblings(state, gate),
      ];
    case 'gate.arbitrated':
      return [...settleEpic(state, gate.epicId), ...followRuling(state, gate, context)];
    case 'gate.cancelled':
      return [...settleIfBlocked(state, gate), ...planReviews(state, gate, context)];
    case 'gate.set_aside':
    case 'gate.taken_up':
      return [];
    case 'gate.delegated':
    case 'gate.sign_off_voided':
    case 'gate.escalated':
    case 'gate.withdrawn':
      return planReviews(state, gate, context);
  }
}

/** A gate that had turned the epic down is asked about its new text, or is gone: it is no reason any more. */
function settleIfBlocked(state: CompanyState, gate: Gate): CompanyEvent[] {
  return gatedEpic(state, gate)?.state === 'blocked' ? settleEpic(state, gate.epicId) : [];
}

function openOrReview(state: CompanyState, gate: Gate, context: Context): CompanyEvent[] {
  if (gate.artifactHash === null || !isFilled(gate)) return planReviews(state, gate, context);
  return [{ type: 'gate.opened', gateId: gate.id, artifactHash: gate.artifactHash }];
}

/** After a ruling to resume, the gate and those that were stopped with it are asked again. */
function followRuling(state: CompanyState, gate: Gate, context: Context): CompanyEvent[] {
  if (gate.state === 'rejected') return sendBack(state, gate);
  if (gate.request) return askAgain(gate, context);
  const task = gatedTask(state, gate);
  if (!task) return [];
  if (gate.rule.position === 'before') return askGatesBefore(state, task, context);
  return task.state === 'awaiting_gate' ? askGatesAfter(state, task, context) : [];
}
