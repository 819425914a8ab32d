/** A task at the terminal: whose it is, was, or will be. */
import { expect, it } from 'vitest';
import type { TaskDetails } from '../../../src/cli/documents/task-document.ts';
import { openOutput } from '../../../src/cli/output/output.ts';
import { taskText } from '../../../src/cli/output/task-text.ts';

const task: TaskDetails = {
  id: 'task_7k2m9q4xw0',
  kind: 'single',
  title: 'Fix the login',
  state: 'ready',
  priority: 'NORMAL',
  role: 'engineer',
  tags: [],
  assignee: 'ben',
  epic: null,
  step: null,
  waitingBecause: null,
  attempts: 0,
  notes: [],
  artifacts: [],
  checks: [],
  change: null,
  createdAt: '2026-11-22T10:00:00.000Z',
  history: [],
  questions: [],
  partOf: null,
  parts: [],
};

const attempt = {
  number: 1,
  worker: null,
  startedAt: '2026-11-22T10:00:00.000Z',
  endedAt: null,
  outcome: null,
  reason: null,
};

it.each([
  ['ben has it', { ...task, state: 'leased', history: [{ ...attempt, by: 'ben' }] }],
  ['ben had it last', { ...task, state: 'done', history: [{ ...attempt, by: 'ben' }] }],
  ['ben is to do it', { ...task, history: [{ ...attempt, by: 'dan' }] }],
  ['ben is to do it', task],
] as const)('says that %s', (words, shown) => {
  expect(taskText(shown, openOutput(false)).split('\n')).toContain(`  ${words}`);
});
