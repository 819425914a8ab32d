/** Where the steps and gates of a workflow are drawn. */
import { expect, it } from 'vitest';
import type { StepId } from '../../src/core/ids.ts';
import { workflowFileSchema } from '../../src/core/workflow/workflow-file.ts';
import { workflowFrom } from '../../src/core/workflow/workflow-from-file.ts';
import type { WorkflowLayout } from '../../src/renderer/company/workflow-layout.ts';
import { layoutWorkflow } from '../../src/renderer/company/workflow-layout.ts';

interface StepInput {
  id: string;
  depends_on?: string[];
  gates?: { name: string; position: 'before' | 'after'; requires: Record<string, number> }[];
}

function layout(steps: StepInput[]): WorkflowLayout {
  const file = { name: 'drawn', steps: steps.map((step) => ({ ...step, title: step.id, role: 'engineer' })) };
  return layoutWorkflow(workflowFrom(workflowFileSchema.parse(file)).steps);
}

const nameOf = (row: WorkflowLayout['rows'][number]) => (row.kind === 'gate' ? row.gate.name : row.step.id);
const gate = (name: string, position: 'before' | 'after') => ({ name, position, requires: { em: 1 } });

it('puts a gate before its step, and one after it behind', () => {
  const { rows, edges } = layout([
    { id: 'build', gates: [gate('review', 'after'), gate('kickoff', 'before')] },
  ]);
  expect(rows.map(nameOf)).toEqual(['kickoff', 'build', 'review']);
  expect(edges).toEqual([
    { from: 0, to: 1, lane: 0 },
    { from: 1, to: 2, lane: 0 },
  ]);
});

it('gives steps that run side by side a rail each, and joins them where they meet', () => {
  const { rows, edges, lanes, ranks } = layout([
    { id: 'plan' },
    { id: 'left', depends_on: ['plan'] },
    { id: 'right', depends_on: ['plan'] },
    { id: 'test', depends_on: ['left', 'right'] },
  ]);
  expect(rows.map((row) => [nameOf(row), row.lane, row.rank])).toEqual([
    ['plan', 0, 0],
    ['left', 0, 1],
    ['right', 1, 1],
    ['test', 0, 2],
  ]);
  expect(edges.filter(({ to }) => to === 3).map(({ lane }) => lane)).toEqual([0, 1]);
  expect([lanes, ranks]).toEqual([2, 3]);
});

it('runs beyond all rails where another step stands in the way', () => {
  const { rows, edges, lanes } = layout([
    { id: 'plan' },
    { id: 'build', depends_on: ['plan'] },
    { id: 'tell', depends_on: ['plan', 'build'] },
  ]);
  const skipping = edges.find(({ from, to }) => nameOf(rows[from] ?? never()) === 'plan' && to === 2);
  expect(skipping?.lane).toBe(1);
  expect(lanes).toBe(2);
});

it('draws a step after the slower of its ways', () => {
  const { rows } = layout([
    { id: 'end', depends_on: ['quick', 'slow_2'] },
    { id: 'quick' },
    { id: 'slow_1' },
    { id: 'slow_2', depends_on: ['slow_1'] },
  ]);
  expect(rows.at(-1)?.step.id).toBe('end' as StepId);
});

it('draws nothing of nothing', () => {
  expect(layoutWorkflow([])).toEqual({ rows: [], edges: [], lanes: 1, ranks: 1 });
});

function never(): never {
  throw new Error('an edge leads to no row');
}
