/** A promise with a figure, and what was measured. */

export interface Mark {
  readonly what: string;
  readonly wanted: string;
  readonly measured: string;
  readonly met: boolean;
  /** What lies behind the figure. */
  readonly note: string;
}
