/** Finds the launcher of a name among those of the host; one that it does not have fails as a launch, in words. */
import type { Launcher } from '../../contract/launcher.ts';
import { CoordError } from '../../core/error.ts';

/** @param name null: the usual one */
export function launcherNamed(launchers: readonly [Launcher, ...Launcher[]], name: string | null): Launcher {
  if (name === null) return launchers[0];
  return launchers.find((launcher) => launcher.name === name) ?? missing(name, launchers);
}

function missing(name: string, launchers: readonly Launcher[]): Launcher {
  const known = launchers.map((launcher) => launcher.name).join(', ');
  return {
    name,
    launch: async () => {
      throw new CoordError(
        'LAUNCH_FAILED',
        `This host has no launcher “${name}”: it has ${known}. Name one of these, or set that one up first`,
        { launcher: name },
      );
    },
    killLeftover: async () => false,
  };
}
