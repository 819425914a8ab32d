/** What `--json` says of a review that a host does or did. Times are ISO 8601 in UTC; what is not there is null. */
import type { ReviewPart, ReviewView } from '../../contract/reviews.ts';
import { isoTime } from '../output/time-text.ts';

export interface ReviewDocument {
  readonly id: string;
  /** Absolute. */
  readonly path: string;
  /** Null: by rules. */
  readonly model: string | null;
  readonly state: ReviewView['state'];
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly failedBecause: string | null;
  /** How many are looked at; null: they are still being copied. */
  readonly files: number | null;
  readonly parts: readonly ReviewPart[];
  /** In Markdown. */
  readonly summary: string | null;
}

export function reviewDocument({ startedAt, endedAt, ...view }: ReviewView): ReviewDocument {
  return { ...view, startedAt: isoTime(startedAt), endedAt: endedAt === null ? null : isoTime(endedAt) };
}
