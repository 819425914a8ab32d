/** Where things stand on the drawing: below what they wait for, never on each other, lines around what they pass. */
import { expect, it } from 'vitest';
import type { RoleId, StepId } from '../../../src/core/ids.ts';
import type { GateRule, Step } from '../../../src/core/workflow/workflow.ts';
import type { FlowItem } from '../../../src/renderer/canvas/flow.ts';
import { linePath } from '../../../src/renderer/canvas/flow-connections.ts';
import { layoutFlow } from '../../../src/renderer/canvas/flow-layout.ts';
import { walkFlow } from '../../../src/renderer/canvas/walk-flow.ts';

const gate = (name: string, position: GateRule['position']): GateRule => ({
  ...{ name, position, requires: [{ roleId: 'em' as RoleId, count: 1 }], humanRequired: false },
  ...{ selfApproval: 'forbidden', distinct: true, timeout: null, onTimeout: 'escalate' },
});

function stepOf(name: string, after: readonly string[], gates: readonly GateRule[] = []): Step {
  return {
    ...{ id: name as StepId, title: name, roleId: 'engineer' as RoleId, complexity: 1, gates },
    ...{ dependsOn: after as readonly StepId[], requiresCapabilities: [], checks: [] },
  };
}

const diamond = [
  stepOf('a', [], [gate('kickoff', 'after')]),
  stepOf('b', ['a']),
  stepOf('c', ['a'], [gate('review', 'after')]),
  stepOf('d', ['b', 'c', 'a'], [gate('release', 'before')]),
];

const overlap = ({ box: one }: FlowItem, { box: other }: FlowItem) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

it('puts nothing onto anything else, and everything below what it waits for', () => {
  const { items, byId } = layoutFlow(diamond);
  expect(items.map(({ id }) => id)).toEqual([
    ...['step:a', 'gate:kickoff', 'step:b', 'step:c', 'gate:review', 'gate:release', 'step:d'],
  ]);
  for (const one of items)
    for (const other of items) if (one !== other) expect(overlap(one, other)).toBe(false);
  const top = (id: string) => byId.get(id)?.box.y ?? Number.NaN;
  expect(top('gate:kickoff')).toBeGreaterThan(top('step:a'));
  expect(top('step:b')).toBe(top('step:c'));
  expect(top('gate:release')).toBeGreaterThan(top('gate:review'));
  expect(top('step:d')).toBeGreaterThan(top('gate:release'));
});

it('says of each line what it means, and leads a long one around what it passes', () => {
  const { lines, byId } = layoutFlow(diamond);
  const kinds = Object.fromEntries(lines.map(({ from, to, kind }) => [`${from} ${to}`, kind]));
  expect(kinds).toEqual({
    'step:a gate:kickoff': 'handover',
    'gate:kickoff step:a': 'rework',
    'gate:kickoff step:b': 'guarded',
    'gate:kickoff step:c': 'guarded',
    'step:c gate:review': 'handover',
    'gate:review step:c': 'rework',
    'step:b gate:release': 'handover',
    'gate:review gate:release': 'guarded',
    'gate:kickoff gate:release': 'guarded',
    'gate:release step:d': 'guarded',
  });
  const long = lines.find(({ from, to }) => from === 'gate:kickoff' && to === 'gate:release');
  expect(long?.via).toHaveLength(2);
  const [pass] = long?.via ?? [];
  for (const id of ['step:b', 'step:c']) {
    const box = byId.get(id)?.box;
    if (!box || !pass) throw new Error('it is not there');
    expect(pass.x < box.x || pass.x > box.x + box.width).toBe(true);
  }
  expect(linePath({ x: 0, y: 0 }, { x: 0, y: 9 }, [])).toBe('M0 0L0 9');
});

it('walks by arrows to what lies in that direction', () => {
  const layout = layoutFlow(diamond);
  expect(walkFlow(layout, null, 'ArrowDown')).toBe('step:a');
  expect(walkFlow(layout, 'step:a', 'ArrowDown')).toBe('gate:kickoff');
  expect(walkFlow(layout, 'step:b', 'ArrowRight')).toBe('step:c');
  expect(walkFlow(layout, 'step:c', 'ArrowLeft')).toBe('step:b');
  expect(walkFlow(layout, 'step:a', 'ArrowUp')).toBe('step:a');
});

it('bears a circle, which no checked workflow has', () => {
  const { items } = layoutFlow([stepOf('a', ['b']), stepOf('b', ['a'])]);
  expect(items).toHaveLength(2);
});
