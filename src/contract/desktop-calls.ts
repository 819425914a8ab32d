/** What the page may ask of the desktop app around it, and what the app answers: each end is derived from here. */
import { z } from 'zod';
import type { EpochMs } from '../core/units.ts';
import type { NotificationSettings } from './notification-settings.ts';
import { notificationSettingsSchema } from './notification-settings.ts';

const nothing = z.strictObject({});

/** The schema of each call's one argument. */
export const desktopCallSchemas = {
  /** How the app is set up on this machine. */
  settings: nothing,
  setStartAtLogin: z.strictObject({ isOn: z.boolean() }),
  /** What the app tells its person outside of its window, and when. */
  notificationSettings: nothing,
  setNotifications: notificationSettingsSchema,
  /** Shows one, so that the person sees whether and how the system does. */
  tryNotification: nothing,
  /** Shows the data folder in the system's file manager. */
  openDataFolder: nothing,
  /** Whether a shell finds the command `agentcoord`. */
  command: nothing,
  installCommand: nothing,
  removeCommand: nothing,
  /** Asks the person where to, and writes it there. */
  saveFile: z.strictObject({ name: z.string().min(1).max(500), bytes: z.instanceof(Uint8Array) }),
  /** Asks the person for a file of YAML, and reads it. */
  openYaml: nothing,
  /** Where new versions come from, and how far one is. */
  updates: nothing,
  /** Null: from nowhere, and nothing is asked of the network any more. */
  setUpdateFeed: z.strictObject({ feed: z.string().max(2_000).nullable() }),
  checkForUpdate: nothing,
  downloadUpdate: nothing,
  /** Lets the workers finish or give back what they have, and starts the new version. */
  restartToUpdate: nothing,
} as const;

export type DesktopCallName = keyof typeof desktopCallSchemas;
export type DesktopCall<Name extends DesktopCallName> = z.output<(typeof desktopCallSchemas)[Name]>;

export interface DesktopSettings {
  /** Null: this copy can't be started by the system, such as a checkout. */
  readonly startAtLogin: boolean | null;
}

/** `elsewhere`: that of another copy of the app. `foreign`: something that is no `agentcoord` of ours, and stays. */
export type CommandState = 'none' | 'ours' | 'elsewhere' | 'foreign';

export interface CommandView {
  readonly path: string;
  readonly state: CommandState;
  /** A shell that is opened now looks there. */
  readonly isOnPath: boolean;
  /** False: it came with the package of the app, and goes with it. */
  readonly isOurs: boolean;
}

/** How far a new version is. */
export type UpdateState =
  /** Nobody has said where new versions come from. */
  | { readonly kind: 'off' }
  /** `checkedAt` is null before the first look. */
  | { readonly kind: 'current'; readonly checkedAt: EpochMs | null }
  | { readonly kind: 'checking' }
  | { readonly kind: 'available'; readonly version: string }
  /** `share` from 0 to 1; null: nothing has come yet. */
  | { readonly kind: 'downloading'; readonly version: string; readonly share: number | null }
  | { readonly kind: 'ready'; readonly version: string }
  | { readonly kind: 'restarting'; readonly version: string }
  /** In words, with what to do. */
  | { readonly kind: 'failed'; readonly why: string };

export interface UpdatesView {
  readonly version: string;
  /** False: this copy is kept up to date by other means, such as the packages of the system. */
  readonly canUpdate: boolean;
  readonly feed: string | null;
  readonly state: UpdateState;
}

export interface DesktopAnswers {
  readonly settings: DesktopSettings;
  readonly setStartAtLogin: DesktopSettings;
  readonly notificationSettings: NotificationSettings;
  readonly setNotifications: NotificationSettings;
  /** False: the system shows none. */
  readonly tryNotification: boolean;
  readonly openDataFolder: null;
  /** Null: this copy can't give one, such as a checkout. */
  readonly command: CommandView | null;
  readonly installCommand: CommandView | null;
  readonly removeCommand: CommandView | null;
  /** Null: the person gave it up. */
  readonly saveFile: { readonly path: string | null };
  /** Null: the person gave it up. */
  readonly openYaml: { readonly name: string; readonly text: string } | null;
  readonly updates: UpdatesView;
  readonly setUpdateFeed: UpdatesView;
  readonly checkForUpdate: UpdatesView;
  readonly downloadUpdate: UpdatesView;
  readonly restartToUpdate: UpdatesView;
}
