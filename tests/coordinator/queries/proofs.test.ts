/** What whoever reviews is told of checks: those of the work that the gate judges, after its step or before it. */
import { expect, it } from 'vitest';
import { proofsOf } from '../../../src/coordinator/queries/gates.ts';
import type { Gate } from '../../../src/core/gate/gate.ts';
import type { CompanyState } from '../../../src/core/state.ts';

const proof = (command: string) => ({
  hash: 'h',
  commit: null,
  checks: [{ command, exitCode: 0, took: 1, tail: '' }],
});
const tasks = new Map<string, object>([
  ['a', { id: 'a', title: 'Build', dependsOn: [], submission: { artifacts: [], proof: proof('npm test') } }],
  ['b', { id: 'b', title: 'Write', dependsOn: [], submission: { artifacts: [] } }],
  ['c', { id: 'c', title: 'Ship', dependsOn: ['a', 'b'], submission: null }],
]);
const state = { tasks } as unknown as CompanyState;
const gate = (taskId: string | null, position: 'before' | 'after') =>
  ({ taskId, rule: { position } }) as unknown as Gate;

it.each([
  ['after a step with checks', gate('a', 'after'), [{ ...proof('npm test'), from: 'Build' }]],
  ['after one without', gate('b', 'after'), []],
  ['before a step, of what it builds on', gate('c', 'before'), [{ ...proof('npm test'), from: 'Build' }]],
  ['outside workflows', gate(null, 'after'), []],
])('%s', (_where, asked, expected) => {
  expect(proofsOf(state, asked)).toEqual(expected);
});
