/** Who a data directory is among the hosts that share companies: the same after each start, and another for each copy of it. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { randomId } from '../coordinator/world.ts';
import type { HostId } from '../core/ids.ts';
import { hostIdSchema } from '../core/ids.ts';
import { privateDocument } from './private-document.ts';

const hostIdFileSchema = z.object({
  id: hostIdSchema,
  /** The number of the folder on its disk: a copy of the folder has another one, and must not pass for this host. */
  folder: z.string(),
});

/**
 * Whoever calls holds the lock of the directory.
 * @throws CoordError `DATA_DIR_UNUSABLE`
 */
export async function hostIdOf(dataDir: string): Promise<HostId> {
  const document = privateDocument(dataDir, join(dataDir, 'host-id.json'), hostIdFileSchema);
  const folder = String((await stat(dataDir, { bigint: true })).ino);
  const known = await document.read();
  if (known?.folder === folder) return known.id;
  const id = randomId('host');
  await document.write({ id, folder });
  return id;
}
