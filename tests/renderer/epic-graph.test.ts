/** What the drawing of an epic says of its lines, and that it stands still while work goes on. */
import { expect, it } from 'vitest';
import { layoutFlow } from '../../src/renderer/canvas/flow-layout.ts';
import { currentItem, graphSteps, lineState } from '../../src/renderer/features/timeline/epic-graph.ts';
import type { World } from '../core/kit.ts';
import { twoSteps } from './two-steps.ts';

const told = (made: World) => {
  const layout = layoutFlow(graphSteps(made.state, made.epic().id));
  return Object.fromEntries(
    layout.lines.map((line) => {
      const nameOf = (id: string) => {
        const item = layout.byId.get(id);
        if (item?.kind === 'gate') return made.state.gates.get(item.gate.name)?.name;
        return item && made.state.tasks.get(item.step.id)?.title;
      };
      return [`${line.kind} ${nameOf(line.from)} ${nameOf(line.to)}`, lineState(made.state, layout, line)];
    }),
  );
};

it('says of each line whether work has passed it, or goes on there', () => {
  const made = twoSteps();
  expect(new Set(Object.values(told(made)))).toEqual(new Set(['ahead']));
  made.finish('ann', 'Build');
  expect(told(made)).toEqual({
    'handover Build look': 'live',
    'rework look Build': 'ahead',
    'guarded look Test': 'ahead',
  });
  made.sign('owner', 'look', 'request_changes');
  expect(told(made)).toMatchObject({ 'rework look Build': 'live' });
  made.finish('ann', 'Build', 'better');
  made.review('emma', 'look');
  expect(told(made)).toMatchObject({ 'handover Build look': 'passed', 'guarded look Test': 'passed' });
  made.claim('tara', 'Test');
  expect(told(made)).toMatchObject({ 'guarded look Test': 'live' });
});

it('is the same drawing from the first claim to the end, also with several stories', () => {
  const made = twoSteps(['One', 'Two']);
  const before = graphSteps(made.state, made.epic().id);
  expect(layoutFlow(before).items).toHaveLength(6);
  made.finish('ann', 'Build');
  made.review('emma', 'look');
  expect(graphSteps(made.state, made.epic().id)).toEqual(before);
});

it('finds what needs somebody first, then what goes on, then what comes next', () => {
  const made = twoSteps();
  const layout = layoutFlow(graphSteps(made.state, made.epic().id));
  const current = (needs = false) => currentItem(made.state, layout, () => needs);
  expect(current()).toBe(`step:${made.task('Build').id}`);
  made.finish('ann', 'Build');
  expect(current()).toBe(`gate:${made.gate('look').id}`);
  made.review('emma', 'look');
  made.claim('tara', 'Test');
  expect(current()).toBe(`step:${made.task('Test').id}`);
  expect(current(true)).toBe(`gate:${made.gate('look').id}`);
});
