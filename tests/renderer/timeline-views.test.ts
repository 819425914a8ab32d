/** Under which views an epic can be looked at. */
import { expect, it } from 'vitest';
import type { Epic } from '../../src/core/epic/epic.ts';
import { viewsOf } from '../../src/renderer/features/timeline/timeline-views.ts';

const epic: Pick<Epic, 'workflow'> = {
  workflow: { name: 'feature' as Epic['workflow']['name'], version: 1 },
};

it('has a map only of the version that the epic began with', () => {
  expect(viewsOf(epic, { version: 1 })).toEqual(['timeline', 'graph', 'map']);
  expect(viewsOf(epic, { version: 2 })).toEqual(['timeline', 'graph']);
  expect(viewsOf(epic, undefined)).toEqual(['timeline', 'graph']);
});
