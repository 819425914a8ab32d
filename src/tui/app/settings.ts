/** How the terminal is, and what this program does beside drawing on it. */
import type { Ink } from '../text/ink.ts';

export interface TerminalSettings {
  readonly ink: Ink;
  /** For a screen reader: words in place of a picture, and nothing that moves by itself. */
  readonly isPlain: boolean;
  /** This program is the host: when it ends, the work stops. */
  readonly runsHost: boolean;
}
