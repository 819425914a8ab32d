/** What is asked of a review, and what it tells while it runs and in the end. */
import type { ReviewPart } from '../../contract/reviews.ts';

export interface ReviewProgress {
  /** Files that are looked at. */
  readonly files: number;
  readonly parts: readonly ReviewPart[];
}

export interface ReviewWish {
  readonly path: string;
  /** Perhaps with its provider; null: rules do it. */
  readonly model: string | null;
  /** Where the reports are written to; null: nowhere. */
  readonly out: string | null;
  /** The data directory whose models are used. */
  readonly modelsFrom: string;
  readonly note: (line: string) => void;
  readonly stop: AbortSignal;
  readonly onProgress?: (progress: ReviewProgress) => void;
}

export interface ReviewReport {
  readonly path: string;
  readonly by: 'rules' | 'model';
  readonly seconds: number;
  readonly files: number;
  /** Folders and files that nobody looked at; the end of the summary names the first of them. */
  readonly leftOut: readonly string[];
  /** As the lead wrote it. */
  readonly summary: string;
  readonly reviews: readonly ReviewPart[];
  readonly out: string | null;
}

export type RunReview = (wish: ReviewWish) => Promise<ReviewReport>;
