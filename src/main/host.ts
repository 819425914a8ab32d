/** Opens the host of this app over the person's data directory. */
import { defaultDataDir } from '../serve/data-directory.ts';
import type { Host } from '../serve/open-host.ts';
import { openHost } from '../serve/open-host.ts';

/** @throws CoordError `DATA_DIR_IN_USE`, `DATA_DIR_UNUSABLE` */
export function setupHost(): Promise<Host> {
  return openHost({
    name: 'the AgentCoord app',
    dataDir: defaultDataDir(),
    review: async (wish) => (await import('../serve/review/run-review.ts')).runReview(wish),
    log: (line) => process.stderr.write(`${line}\n`),
  });
}
