/** What is different between two versions of a workflow, in words. Pure. */
import { durationText } from '../../../core/org/duration-text.ts';
import type { GateRule, Step, Workflow } from '../../../core/workflow/workflow.ts';
import { gateNamed } from './edit-workflow.ts';
import { strings } from './strings.ts';

const { differences: words } = strings;

export interface WorkflowChange {
  readonly what: 'new' | 'gone' | 'changed';
  readonly subject: string;
  readonly text: string;
}

/** @param before null: there was none */
export function changesBetween(before: Workflow | null, after: Workflow): WorkflowChange[] {
  const old = before?.steps ?? [];
  const changes: WorkflowChange[] = [];
  if (before && before.priority !== after.priority)
    changes.push({
      what: 'changed',
      subject: after.id,
      text: difference(words.priority, before.priority, after.priority).join(''),
    });
  for (const step of after.steps) {
    const then = old.find(({ id }) => id === step.id);
    if (!then) changes.push({ what: 'new', subject: step.title, text: words.newStep(step.id, step.roleId) });
    else {
      const text = stepDifference(then, step);
      if (text) changes.push({ what: 'changed', subject: step.title, text });
    }
  }
  for (const step of old) {
    if (!after.steps.some(({ id }) => id === step.id))
      changes.push({ what: 'gone', subject: step.title, text: words.step(step.id) });
  }
  return [...changes, ...gateChanges(before, after)];
}

function gateChanges(before: Workflow | null, after: Workflow): WorkflowChange[] {
  const changes: WorkflowChange[] = [];
  for (const { gate, step } of gatesOf(after)) {
    const then = before && gateNamed(before, gate.name);
    const place = words.places[gate.position](step.title);
    if (!then) changes.push({ what: 'new', subject: gate.name, text: words.newGate(place, slotsText(gate)) });
    else {
      const moved = then.step.id === step.id ? [] : [words.nowAt(step.title)];
      const text = [...moved, ...gateDifference(then.gate, gate)].join(', ');
      if (text) changes.push({ what: 'changed', subject: gate.name, text });
    }
  }
  for (const { gate } of before ? gatesOf(before) : []) {
    if (!gateNamed(after, gate.name)) changes.push({ what: 'gone', subject: gate.name, text: words.gate });
  }
  return changes;
}

const gatesOf = ({ steps }: Workflow): { step: Step; gate: GateRule }[] =>
  steps.flatMap((step) => step.gates.map((gate) => ({ step, gate })));

function stepDifference(then: Step, now: Step): string {
  return [
    ...(then.title === now.title ? [] : [words.was(then.title)]),
    ...difference(words.role, then.roleId, now.roleId),
    ...difference(words.waitsFor, listText(then.dependsOn), listText(now.dependsOn)),
    ...difference(words.complexity, then.complexity, now.complexity),
    ...difference(words.needs, listText(then.requiresCapabilities), listText(now.requiresCapabilities)),
    ...difference(words.checks, listText(then.checks), listText(now.checks)),
  ].join(', ');
}

function gateDifference(then: GateRule, now: GateRule): string[] {
  const timeout = ({ timeout: time }: GateRule) => (time === null ? words.forEver : durationText(time));
  return [
    ...difference('', words.positions[then.position], words.positions[now.position]),
    ...difference('', slotsText(then), slotsText(now)),
    ...difference(words.humanRequired, yesNo(then.humanRequired), yesNo(now.humanRequired)),
    ...difference(words.selfApproval, then.selfApproval, now.selfApproval),
    ...difference(words.distinct, yesNo(then.distinct), yesNo(now.distinct)),
    ...difference(words.waits, timeout(then), timeout(now)),
    ...difference(words.onTimeout, then.onTimeout, now.onTimeout),
  ];
}

function difference(name: string, then: string | number, now: string | number): string[] {
  return then === now ? [] : [`${name} ${then} → ${now}`.trim()];
}

const yesNo = (value: boolean): string => (value ? words.yes : words.no);
const listText = (values: readonly string[]): string => values.join(' + ') || words.nothing;

export function slotsText({ requires }: GateRule): string {
  return requires.map(({ roleId, count }) => (count === 1 ? roleId : `${count} × ${roleId}`)).join(', ');
}
