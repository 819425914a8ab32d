/** Which card stands where on the work board. */
import { expect, it } from 'vitest';
import type { BoardFilter } from '../../src/renderer/features/work-board/board-columns.ts';
import { boardColumns } from '../../src/renderer/features/work-board/board-columns.ts';
import { company } from '../core/companies.ts';
import type { World } from '../core/kit.ts';

const twoSteps = {
  name: 'two_steps',
  steps: [
    {
      id: 'build',
      title: 'Build the engine',
      role: 'engineer',
      gates: [{ name: 'look', position: 'after' as const, requires: { em: 1 } }],
    },
    { id: 'test', title: 'Test the engine', role: 'qa_eng', depends_on: ['build'] },
  ],
};

function world(): World {
  const made = company({ workflows: [twoSteps] });
  made.route('two_steps');
  return made;
}

function board(of: World, filter: Partial<BoardFilter> = {}): Record<string, string[]> {
  const columns = boardColumns(of.state, { epicId: null, reviews: false, text: '', ...filter });
  return Object.fromEntries(
    columns
      .filter(({ tasks }) => tasks.length > 0)
      .map(({ id, tasks }) => [id, tasks.map(({ title }) => title)]),
  );
}

it('moves a card from left to right as its task goes on', () => {
  const made = world();
  expect(board(made)).toEqual({ ready: ['Build the engine'], blocked: ['Test the engine'] });
  made.claim('ann', 'Build the engine');
  expect(board(made)).toMatchObject({ leased: ['Build the engine'] });
});

it('shows a task at its gate, and its review only when asked', () => {
  const made = world();
  made.finish('ann', 'Build the engine');
  expect(board(made)).toEqual({ awaiting_gate: ['Build the engine'], blocked: ['Test the engine'] });
  expect(board(made, { reviews: true })).toMatchObject({
    ready: ['Review "Build the engine" for look as em'],
  });
  made.review('emma', 'look');
  expect(board(made)).toEqual({ ended: ['Build the engine'], ready: ['Test the engine'] });
});

it.each([
  ['words of the title, in any order', 'engine build', { ready: ['Build the engine'] }],
  ['the role', 'QA_ENG', { blocked: ['Test the engine'] }],
  ['what no card has', 'paint', {}],
])('finds by %s', (_by, text, expected) => {
  expect(board(world(), { text })).toEqual(expected);
});

it('shows one epic alone', () => {
  const made = world();
  const other = made.route('two_steps');
  expect(board(made)['ready']).toHaveLength(2);
  expect(board(made, { epicId: other })['ready']).toHaveLength(1);
});
