/** What the demo shows while it runs. */
import type { CompanyEvent } from '../../core/event.ts';
import type { DurationMs } from '../../core/units.ts';

export interface DemoView {
  /** An event that the state has folded by now. */
  happened(event: CompanyEvent): void;
  /** Leaves the terminal to a question. */
  pause(): void;
  resume(): void;
  /** Shows the end, and nothing after it. */
  close(): void;
}

/** `4.2 s` */
export const secondsText = (duration: DurationMs): string => `${(duration / 1_000).toFixed(1)} s`;
