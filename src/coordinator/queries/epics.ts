/** Epics with their stories and how far they are. */
import type { EpicView, QueryParams } from '../../contract/queries.ts';
import type { Epic } from '../../core/epic/epic.ts';
import { progressOf } from '../../core/epic/progress.ts';
import { requireEpic } from '../../core/require-row.ts';
import type { CompanyState } from '../../core/state.ts';

/** The newest first. */
export function epicViews(state: CompanyState): EpicView[] {
  return [...state.epics.values()]
    .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))
    .map((epic) => epicView(state, epic));
}

/** @throws CoordError `NOT_FOUND` */
export function epicById(state: CompanyState, { epicId }: QueryParams<'epic'>): EpicView {
  return epicView(state, requireEpic(state, epicId));
}

function epicView(state: CompanyState, epic: Epic): EpicView {
  const stories = [...state.stories.values()].filter(({ epicId }) => epicId === epic.id);
  stories.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { epic, stories, ...progressOf(state, epic.id) };
}
