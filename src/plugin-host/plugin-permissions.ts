/** What the runtime itself takes from the process of a plugin, as far as it can: flags of Node's permission model. */

export interface Granted {
  /** May be read: the plugin, and the program that runs it. */
  readonly reads: readonly string[];
  /** May be read and written. */
  readonly writes: readonly string[];
  /** It has hosts to talk to. */
  readonly net: boolean;
}

/** How much memory a plugin may take for its objects, in MB; past that its process ends. */
const memoryLimit = 256;

/** @param known the flags of the runtime, which are not those of every version */
export function permissionFlags(
  { reads, writes, net }: Granted,
  known: ReadonlySet<string> = process.allowedNodeEnvironmentFlags,
): string[] {
  const limits = [`--max-old-space-size=${memoryLimit}`, '--no-warnings'];
  const model = ['--permission', '--experimental-permission'].find((flag) => known.has(flag));
  if (model === undefined) return limits;
  const allowed = [
    ...[...reads, ...writes].flatMap(below).map((place) => `--allow-fs-read=${place}`),
    ...writes.flatMap(below).map((place) => `--allow-fs-write=${place}`),
  ];
  // Newer runtimes have one for the network, too: it is shut unless it is opened.
  const network = net && known.has('--allow-net') ? ['--allow-net'] : [];
  return [...limits, model, ...allowed, ...network];
}

/** A folder, and all below it. */
const below = (place: string): string[] => [place, `${place.replace(/[\\/]+$/, '')}/*`];
