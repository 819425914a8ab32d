/** What can start workers, by the names that files and commands use. */
export const launcherNames = ['subprocess', 'docker', 'railway'] as const;

export type LauncherName = (typeof launcherNames)[number];
