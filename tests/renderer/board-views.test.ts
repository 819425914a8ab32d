/** The views of the board that a person keeps. */
import { expect, it } from 'vitest';
import type { TaskId } from '../../src/core/ids.ts';
import type { BoardViews } from '../../src/renderer/features/work-board/board-view.ts';
import {
  plainView,
  readViews,
  shownView,
  withCopy,
  withoutShown,
  withShown,
} from '../../src/renderer/features/work-board/board-view.ts';
import { selectionAfter } from '../../src/renderer/features/work-board/selection.ts';

const one: BoardViews = { views: [plainView('All work')], shown: 0 };

it('makes another view of the one that is shown, and leaves that one as it is', () => {
  const two = withShown(withCopy(one, 'Mine'), { lanes: 'epic', text: 'engine' });
  expect(two.views.map(({ name, lanes }) => [name, lanes])).toEqual([
    ['All work', null],
    ['Mine', 'epic'],
  ]);
  expect(shownView(two).name).toBe('Mine');
  expect(withoutShown(two)).toEqual(one);
});

it('keeps the last view', () => expect(withoutShown(one)).toEqual(one));

it('reads what it has kept', () => {
  const kept = withShown(one, { limits: { 'state:leased': 3 } });
  expect(readViews(JSON.stringify(kept))).toEqual(kept);
});

it('reads views that were kept before they had an epic', () => {
  const [{ epicId: _, ...older }] = one.views as [BoardViews['views'][number]];
  expect(readViews(JSON.stringify({ views: [older], shown: 0 }))).toEqual(one);
});

it.each([
  ['nothing', null],
  ['what is no JSON', '{"views": ['],
  ['what another version kept', JSON.stringify({ views: [{ name: 'x', columns: 'colour' }], shown: 0 })],
  ['no view at all', JSON.stringify({ views: [], shown: 0 })],
])('takes %s for nothing', (_what, text) => expect(readViews(text)).toBeNull());

const ids = ['a', 'b', 'c', 'd', 'e'] as TaskId[];
const set = (...chosen: string[]) => new Set(chosen as TaskId[]);

it.each([
  ['one more', set('a'), 'c', false, set('a', 'c')],
  ['one less', set('a', 'c'), 'c', false, set('a')],
  ['all from the nearest selected one', set('a', 'e'), 'c', true, set('a', 'b', 'c', 'e')],
  ['the card alone where none of its column is selected', set('z'), 'c', true, set('z', 'c')],
])('selects %s', (_what, selected, picked, isRange, expected) => {
  expect(selectionAfter(selected, ids, picked as TaskId, isRange)).toEqual(expected);
});
