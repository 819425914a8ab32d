/** What waits for a person and nobody else, oldest first. Pure. */
import { slotsNeeding } from '../../core/gate/asked-slots.ts';
import { gatedEpic, gatedTask } from '../../core/gate/gated-work.ts';
import type { MemberId, RoleId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import { openQuestion } from '../../core/task/questions.ts';
import type { EpochMs } from '../../core/units.ts';
import { commandSubject, commandWords } from './describe-command.ts';
import { gateSlots } from './gate-slots.ts';
import { whyNotDecide } from './who-decides.ts';

export interface Need {
  /** Of the gate, the task or the conflict. */
  readonly key: string;
  readonly kind: 'gate' | 'veto' | 'question' | 'failure' | 'conflict';
  /** The place in the app that shows it. */
  readonly href: string;
  readonly title: string;
  /** As which a gate waits to be signed; null: it is no gate that waits. */
  readonly roleId: RoleId | null;
  /** What it belongs to, what was asked, or why it failed. */
  readonly context: string;
  readonly since: EpochMs;
}

export function needsOf(state: CompanyState, self: MemberId | null): Need[] {
  const needs = [gates(state, self), questions(state, self), failures(state), conflicts(state, self)];
  return needs.flat().sort((a, b) => a.since - b.since);
}

function gates(state: CompanyState, self: MemberId | null): Need[] {
  const shut = [...state.index.gatesByState.get('waiting'), ...state.index.gatesByState.get('vetoed')];
  return shut.flatMap((gate) => {
    const [slot] = slotsNeeding(gate, gateSlots(state, gate), self);
    if (gate.state === 'waiting' && !slot) return [];
    return {
      key: gate.id,
      kind: gate.state === 'vetoed' ? 'veto' : 'gate',
      href: `/gates/${gate.id}`,
      title: gate.name,
      roleId: slot?.roleId ?? null,
      context: [gatedTask(state, gate)?.title, gatedEpic(state, gate)?.title].filter(Boolean).join(' · '),
      since: gate.waitingSince ?? (0 as EpochMs),
    };
  });
}

function questions(state: CompanyState, self: MemberId | null): Need[] {
  return [...state.index.tasksByState.get('blocked')].flatMap((task) => {
    const question = openQuestion(task);
    if (question?.to !== self) return [];
    return {
      ...{ key: task.id, kind: 'question', href: `/board/${task.id}`, title: task.title, roleId: null },
      context: question.text,
      since: question.at,
    };
  });
}

function failures(state: CompanyState): Need[] {
  return [...state.index.tasksByState.get('failed')].map((task) => ({
    ...{ key: task.id, kind: 'failure', href: `/board/${task.id}`, title: task.title, roleId: null },
    context: task.attempts.at(-1)?.reason ?? '',
    since: task.attempts.at(-1)?.endedAt ?? task.createdAt,
  }));
}

function conflicts(state: CompanyState, self: MemberId | null): Need[] {
  return [...state.conflicts.values()].flatMap((conflict) => {
    const { id, command, refusal, decidedAt, resolution } = conflict;
    if (resolution || whyNotDecide(state, self, id) !== null) return [];
    return {
      ...{ key: id, kind: 'conflict', href: `/conflicts/${id}`, roleId: null },
      title: commandSubject(state, command)?.title ?? commandWords(command),
      context: refusal.message,
      since: decidedAt,
    };
  });
}
