/** Epics with their stories and how far they are. */
import type { EpicView, QueryParams } from '../../contract/queries.ts';
import type { Epic } from '../../core/epic/epic.ts';
import { epicWaits } from '../../core/epic/epic-waits.ts';
import { progressOf } from '../../core/epic/progress.ts';
import type { Seq, StoryId } from '../../core/ids.ts';
import { requireEpic } from '../../core/require-row.ts';
import type { CompanyState } from '../../core/state.ts';
import type { EpochMs } from '../../core/units.ts';

/** The newest first. */
export function epicViews(state: CompanyState, _: unknown, now: EpochMs): EpicView[] {
  return [...state.epics.values()]
    .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))
    .map((epic) => epicView(state, epic, now));
}

/** @throws CoordError `NOT_FOUND` */
export function epicById(state: CompanyState, { epicId }: QueryParams<'epic'>, now: EpochMs): EpicView {
  return epicView(state, requireEpic(state, epicId), now);
}

function epicView(state: CompanyState, epic: Epic, now: EpochMs): EpicView {
  const stories = [...state.stories.values()].filter(({ epicId }) => epicId === epic.id);
  const order = storyOrder(state, epic);
  stories.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
  return { epic, waitingBecause: epicWaits(state, epic, now), stories, ...progressOf(state, epic.id) };
}

/** A story has no number of its own; its tasks were created with it, after those of the story before. */
function storyOrder(state: CompanyState, epic: Epic): ReadonlyMap<StoryId, Seq> {
  const order = new Map<StoryId, Seq>();
  const tasks = [...state.index.tasksByEpic.get(epic.id)].sort((a, b) => b.order - a.order);
  for (const { storyId, order: place } of tasks) if (storyId !== null) order.set(storyId, place);
  return order;
}
