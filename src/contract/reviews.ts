/** Reviews of a folder, as the owner starts them at a host and follows them: six specialists, and a summary. */
import { z } from 'zod';
import type { EpochMs } from '../core/units.ts';
import type { Finding } from './review-report.ts';

export const startReviewSchema = z.strictObject({
  /** On the host’s machine; nothing in it is changed. */
  path: z.string().trim().min(1).max(1_000),
  /** `claude-sonnet-5`, `openai/gpt-5`; null: rules do it, offline. */
  model: z.string().trim().min(1).max(200).nullable().default(null),
});

export const namedReviewSchema = z.strictObject({ id: z.string().min(1).max(40) });

export interface ReviewPart {
  readonly title: string;
  readonly reviewer: string;
  /** The worker that has it, or had it last. */
  readonly worker: string | null;
  readonly state: 'waiting' | 'working' | 'done' | 'failed';
  /** The worst first. */
  readonly findings: readonly Finding[];
  /** Findings at a file or line that is not there: they are left out. */
  readonly unfounded: number;
}

export interface ReviewView {
  readonly id: string;
  /** Absolute. */
  readonly path: string;
  /** Null: by rules. */
  readonly model: string | null;
  readonly startedAt: EpochMs;
  readonly endedAt: EpochMs | null;
  readonly state: 'running' | 'done' | 'failed' | 'stopped';
  /** Why it failed. */
  readonly failedBecause: string | null;
  /** Files that are looked at; null: they are still being copied. */
  readonly files: number | null;
  readonly parts: readonly ReviewPart[];
  /** As the lead wrote it, in Markdown. */
  readonly summary: string | null;
}

/** The reviews of one host. They end with it, and nobody keeps them. */
export interface ReviewDesk {
  /** The newest first. */
  list(): readonly ReviewView[];
  /** @throws CoordError `NOT_FOUND` - there is no such folder; `WRONG_STATE` - one is under way */
  start(call: z.output<typeof startReviewSchema>): Promise<ReviewView>;
  /** One that has ended stays as it is. @throws CoordError `NOT_FOUND` */
  stop(id: string): ReviewView;
}
