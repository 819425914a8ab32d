/** Finds the launcher of a name among those of the host; one that it does not have fails as a launch, in words. */
import type { Launcher } from '../../contract/launcher.ts';
import { CoordError } from '../../core/error.ts';

/** @param name null: the usual one */
export function launcherNamed(launchers: readonly [Launcher, ...Launcher[]], name: string | null): Launcher {
  if (name === null) return launchers[0];
  return launchers.find((launcher) => launcher.name === name) ?? missing(name, launchers);
}

/** How its workers reach the host; one that nobody reaches so fails as a launch, in words. */
export function reachable(
  launcher: Launcher,
  { socket, publicUrl }: HostAddresses,
): { readonly launcher: Launcher; readonly environment: Readonly<Record<string, string>> } {
  if (launcher.reach !== 'network') {
    const apart = launcher.reach === 'socket' ? { AGENTCOORD_APART: '1' } : {};
    return { launcher, environment: { AGENTCOORD_SOCKET: socket, ...apart } };
  }
  if (publicUrl !== null) return { launcher, environment: { AGENTCOORD_HOST_URL: publicUrl } };
  const words =
    `Workers of the launcher “${launcher.name}” run on another machine and don’t reach this host: ` +
    'start it with --public-url wss://…, and with a certificate or a proxy for it (docs/workers.md)';
  return { launcher: { ...launcher, launch: refusing(launcher.name, words) }, environment: {} };
}

/** Where a host is reached. */
export interface HostAddresses {
  /** From its own machine. */
  readonly socket: string;
  /** From others; null: not at all. */
  readonly publicUrl: string | null;
}

function missing(name: string, launchers: readonly Launcher[]): Launcher {
  const known = launchers.map((launcher) => launcher.name).join(', ');
  const words = `This host has no launcher “${name}”: it has ${known}. Name one of these, or set that one up first`;
  return { name, launch: refusing(name, words), killLeftover: async () => false };
}

function refusing(launcher: string, words: string): Launcher['launch'] {
  return async () => {
    throw new CoordError('LAUNCH_FAILED', words, { launcher });
  };
}
