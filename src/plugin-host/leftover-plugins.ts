/** Ends what a host that was killed left behind: a plugin in an endless loop never sees that its line has ended. */
import { killGroup, processesWith } from '../process/process-group.ts';
import { writeFlag } from './plugin-permissions.ts';

/** Of this channel alone: its process may write in the folder of the channel, as its command line says. */
export async function endLeftovers({
  program,
  dataFolder,
}: {
  readonly program: { readonly module: string };
  /** A whole path. */
  readonly dataFolder: string;
}): Promise<void> {
  for (const pid of await processesWith([program.module, writeFlag(dataFolder)])) await killGroup(pid);
}
