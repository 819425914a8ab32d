/** What the runtime itself takes from the process of a plugin, as far as it can: flags of Node's permission model. */

export interface Granted {
  /** Folders that may be read: that of the plugin. */
  readonly reads: readonly string[];
  /** Files that may be read: the program that runs it. */
  readonly files: readonly string[];
  /** Folders that may be read and written. */
  readonly writes: readonly string[];
  /** It has hosts to talk to. */
  readonly net: boolean;
}

/** How much memory a plugin may take for its objects, in MB; past that its process ends. */
const memoryLimit = 256;

/** @param known the flags of the runtime, which are not those of every version */
export function permissionFlags(
  { reads, files, writes, net }: Granted,
  known: ReadonlySet<string> = process.allowedNodeEnvironmentFlags,
): string[] {
  const limits = [`--max-old-space-size=${memoryLimit}`, '--no-warnings'];
  const model = ['--permission', '--experimental-permission'].find((flag) => known.has(flag));
  if (model === undefined) return limits;
  const folders = (places: readonly string[]) =>
    // The model of Node 20 ends the process over two flags of which one covers the other; there this one covers the folder.
    model === '--permission' ? places.flatMap((place) => [place, below(place)]) : places.map(below);
  const allowed = [
    ...[...folders([...reads, ...writes]), ...files].map((place) => `--allow-fs-read=${place}`),
    ...folders(writes).map((place) => `${mayWrite}${place}`),
  ];
  // Newer runtimes have one for the network, too: it is shut unless it is opened.
  const network = net && known.has('--allow-net') ? ['--allow-net'] : [];
  return [...limits, model, ...allowed, ...network];
}

const mayWrite = '--allow-fs-write=';

/** By it a process shows what it may write, on every runtime that has permissions. */
export const writeFlag = (folder: string): string => `${mayWrite}${below(folder)}`;

const below = (place: string): string => `${place.replace(/[\\/]+$/, '')}/*`;
