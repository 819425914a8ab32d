/** What can have happened to an epic. */
import type { EpicId } from '../ids.ts';
import type { Epic, Story } from './epic.ts';

export type EpicEvent =
  | { readonly type: 'epic.created'; readonly epic: Epic; readonly forced: boolean }
  | { readonly type: 'story.created'; readonly story: Story }
  /** All its tasks and gates exist: the first ones may start. */
  | { readonly type: 'epic.routed'; readonly epicId: EpicId }
  | { readonly type: 'epic.started'; readonly epicId: EpicId }
  | {
      readonly type: 'epic.revised';
      readonly epicId: EpicId;
      readonly title: string;
      readonly description: string;
    }
  | { readonly type: 'epic.blocked'; readonly epicId: EpicId; readonly reason: string }
  | { readonly type: 'epic.unblocked'; readonly epicId: EpicId }
  | { readonly type: 'epic.completed'; readonly epicId: EpicId }
  | { readonly type: 'epic.cancelled'; readonly epicId: EpicId; readonly reason: string };
