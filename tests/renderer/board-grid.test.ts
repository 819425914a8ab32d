/** Which card stands where on the work board. */
import { expect, it } from 'vitest';
import type { RoleId } from '../../src/core/ids.ts';
import type { BoardFilter } from '../../src/renderer/features/work-board/board-grid.ts';
import { boardGrid } from '../../src/renderer/features/work-board/board-grid.ts';
import type { Grouping } from '../../src/renderer/features/work-board/board-view.ts';
import { plainView } from '../../src/renderer/features/work-board/board-view.ts';
import type { World } from '../core/kit.ts';
import { twoSteps } from './two-steps.ts';

function board(
  of: World,
  filter: Partial<BoardFilter> = {},
  by: Grouping = 'state',
): Record<string, string[]> {
  const everything = { ...plainView('all'), epicId: null };
  const columns = boardGrid(
    of.state,
    { columns: by, lanes: null },
    { ...everything, ...filter },
  ).lanes.flatMap((lane) => lane.columns);
  return Object.fromEntries(
    columns
      .filter(({ tasks }) => tasks.length > 0)
      .map(({ key, tasks }) => [key, tasks.map(({ title }) => title)]),
  );
}

it('moves a card from left to right as its task goes on', () => {
  const made = twoSteps();
  expect(board(made)).toEqual({ ready: ['Build'], blocked: ['Test'] });
  made.claim('ann', 'Build');
  expect(board(made)).toMatchObject({ leased: ['Build'] });
});

it('shows a task at its gate, and its review only when asked', () => {
  const made = twoSteps();
  made.finish('ann', 'Build');
  expect(board(made)).toEqual({ awaiting_gate: ['Build'], blocked: ['Test'] });
  expect(board(made, { reviews: true })).toMatchObject({
    ready: ['Review "Build" for look as em'],
  });
  made.review('emma', 'look');
  expect(board(made)).toEqual({ ended: ['Build'], ready: ['Test'] });
});

it.each([
  ['words of the title, in any order', 'plants water', { ready: ['Water the plants'] }],
  ['the role', 'QA_ENG', { blocked: ['Test'] }],
  ['what no card has', 'paint', {}],
])('finds by %s', (_by, text, expected) => {
  const made = twoSteps();
  made.do('owner', { type: 'task.create', title: 'Water the plants' });
  expect(board(made, { text })).toEqual(expected);
});

it('shows one epic alone', () => {
  const made = twoSteps();
  const other = made.route('two_steps');
  expect(board(made)['ready']).toHaveLength(2);
  expect(board(made, { epicId: other })['ready']).toHaveLength(1);
});

it('divides by anything that a task has, and tells what has none of it', () => {
  const made = twoSteps();
  made.do('owner', { type: 'task.create', title: 'Water the plants' });
  made.claim('ann', 'Build');
  const ann = made.member('ann').id;
  expect(board(made, {}, 'role')).toEqual({
    engineer: ['Build'],
    qa_eng: ['Test'],
    none: ['Water the plants'],
  });
  expect(board(made, {}, 'department')).toMatchObject({ engineering: ['Build'] });
  expect(board(made, {}, 'member')).toMatchObject({ [ann]: ['Build'] });
  expect(Object.keys(board(made, {}, 'epic'))).toHaveLength(2);
  expect(board(made, {}, 'priority')).toEqual({
    NORMAL: ['Build', 'Test', 'Water the plants'],
  });
});

it('lays each card into its lane and its column, and counts both', () => {
  const made = twoSteps();
  made.route('two_steps');
  const grid = boardGrid(
    made.state,
    { columns: 'state', lanes: 'role' },
    { ...plainView('all'), epicId: null },
  );
  expect(grid.lanes.map(({ key, count }) => [key, count])).toEqual([
    ['engineer', 2],
    ['qa_eng', 2],
  ]);
  expect(grid.columns.map(({ key, count }) => [key, count])).toEqual([
    ['blocked', 2],
    ['ready', 2],
    ['leased', 0],
    ['awaiting_gate', 0],
    ['ended', 0],
  ]);
});

it('shows one priority, one role or one member alone', () => {
  const made = twoSteps();
  made.claim('ann', 'Build');
  expect(board(made, { priority: 'URGENT' })).toEqual({});
  expect(board(made, { roleId: 'qa_eng' as RoleId })).toEqual({ blocked: ['Test'] });
  expect(board(made, { memberId: made.member('ann').id })).toEqual({ leased: ['Build'] });
});
