/** What is drawn: steps put in and taken out without losing the order, circles refused, gates moved. */
import { expect, it } from 'vitest';
import type { RoleId, StepId, WorkflowName } from '../../../src/core/ids.ts';
import type { Workflow } from '../../../src/core/workflow/workflow.ts';
import { refusalToConnect } from '../../../src/renderer/features/workflows/check-draft.ts';
import {
  addGate,
  addStep,
  changeGate,
  connect,
  disconnect,
  gateNamed,
  moveGate,
  removeGate,
  removeSteps,
} from '../../../src/renderer/features/workflows/edit-workflow.ts';
import { changesBetween } from '../../../src/renderer/features/workflows/workflow-changes.ts';

const id = (text: string) => text as StepId;
const role = (text: string) => text as RoleId;

/** Steps by name, each after those that it names: `{ a: '', b: 'a', c: 'a b' }`. */
function workflowOf(steps: Readonly<Record<string, string>>): Workflow {
  return {
    ...{ id: 'w' as WorkflowName, version: 1, priority: 'NORMAL' },
    steps: Object.entries(steps).map(([name, after]) => ({
      ...{ id: id(name), title: name.toUpperCase(), roleId: role('engineer'), complexity: 1, gates: [] },
      ...{ dependsOn: after.split(' ').filter(Boolean).map(id), requiresCapabilities: [], checks: [] },
    })),
  };
}

const orderOf = ({ steps }: Workflow) =>
  Object.fromEntries(steps.map((step) => [step.id, step.dependsOn.join(' ')]));
const newStep = { title: 'New', roleId: role('pm') };

it('puts a step after another, or between two', () => {
  const line = workflowOf({ a: '', b: 'a' });
  const after = addStep(line, newStep, { after: id('a') });
  expect(orderOf(after.workflow)).toEqual({ a: '', 1: 'a', b: 'a' });
  const between = addStep(line, newStep, { after: id('a'), before: id('b') });
  expect(orderOf(between.workflow)).toEqual({ a: '', 1: 'a', b: '1' });
  expect(orderOf(addStep(line, newStep, { after: null }).workflow)).toEqual({ a: '', b: 'a', 1: '' });
});

it('numbers a new step after the highest number', () => {
  const { workflow } = addStep(workflowOf({ 2: '', 7: '2' }), newStep, { after: id('7') });
  expect(orderOf(workflow)).toEqual({ 2: '', 7: '2', 8: '7' });
});

it('lets whoever waited for a removed step wait for what that waited for, once', () => {
  const diamond = workflowOf({ a: '', b: 'a', c: 'a', d: 'b c' });
  expect(orderOf(removeSteps(diamond, new Set([id('b')])))).toEqual({ a: '', c: 'a', d: 'a c' });
  expect(orderOf(removeSteps(diamond, new Set([id('b'), id('c')])))).toEqual({ a: '', d: 'a' });
  expect(orderOf(removeSteps(diamond, new Set([id('a')])))).toEqual({ b: '', c: '', d: 'b c' });
});

it('refuses what waits for itself, for the same twice, or in a circle', () => {
  const line = workflowOf({ a: '', b: 'a', c: 'b' });
  expect(refusalToConnect(line, 'a', 'c')).toBeNull();
  expect(refusalToConnect(line, 'a', 'a')).toBe('A can’t wait for itself');
  expect(refusalToConnect(line, 'a', 'b')).toBe('B waits for A already');
  expect(refusalToConnect(line, 'c', 'a')).toBe('C waits for A already, so they would wait for each other');
  expect(refusalToConnect(line, 'c', 'z')).toBe('There is no such step');
});

it('connects and disconnects', () => {
  const both = connect(workflowOf({ a: '', b: '', c: 'a' }), id('b'), id('c'));
  expect(orderOf(both)).toEqual({ a: '', b: '', c: 'a b' });
  expect(connect(both, id('b'), id('c'))).toBe(both);
  expect(orderOf(disconnect(both, id('a'), id('c')))).toEqual({ a: '', b: '', c: 'b' });
});

it('adds, changes, moves and removes gates, each with a name of its own', () => {
  const first = addGate(workflowOf({ a: '', b: 'a' }), id('a'), 'after', role('em'));
  const second = addGate(first.workflow, id('b'), 'before', role('qa_lead'));
  expect([first.name, second.name]).toEqual(['review', 'review_2']);
  const named = changeGate(second.workflow, 'review_2', { name: 'qa', humanRequired: true });
  const moved = moveGate(named, 'qa', id('a'), 'after');
  expect(gateNamed(moved, 'qa')).toMatchObject({ step: { id: 'a' }, gate: { position: 'after' } });
  expect(gateNamed(removeGate(moved, 'review'), 'review')).toBeNull();

  const said = (before: Workflow | null, after: Workflow) =>
    changesBetween(before, after).map(({ what, subject, text }) => `${what} ${subject}: ${text}`);
  expect(said(first.workflow, moved)).toEqual(['new qa: gate after A: qa_lead']);
  expect(said(named, moved)).toEqual(['changed qa: now at A, before → after']);
  expect(said(moved, first.workflow)).toEqual(['gone qa: gate']);
  expect(said(null, workflowOf({ a: '' }))).toEqual(['new A: step a for engineer']);
});
