/** What the page may ask of the desktop app around it, and what the app answers: each end is derived from here. */
import { z } from 'zod';

const nothing = z.strictObject({});

/** The schema of each call's one argument. */
export const desktopCallSchemas = {
  /** How the app is set up on this machine. */
  settings: nothing,
  setStartAtLogin: z.strictObject({ isOn: z.boolean() }),
  /** Shows the data folder in the system's file manager. */
  openDataFolder: nothing,
} as const;

export type DesktopCallName = keyof typeof desktopCallSchemas;
export type DesktopCall<Name extends DesktopCallName> = z.output<(typeof desktopCallSchemas)[Name]>;

export interface DesktopSettings {
  /** Null: this copy can't be started by the system, such as a checkout. */
  readonly startAtLogin: boolean | null;
}

export interface DesktopAnswers {
  readonly settings: DesktopSettings;
  readonly setStartAtLogin: DesktopSettings;
  readonly openDataFolder: null;
}
