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
  const known = await knownHostId(dataDir);
  if (known !== null) return known;
  const id = randomId('host');
  await documentIn(dataDir).write({ id, folder: await folderOf(dataDir) });
  return id;
}

/** For whoever does not hold the lock; null: no host has run here. @throws CoordError `DATA_DIR_UNUSABLE` */
export async function knownHostId(dataDir: string): Promise<HostId | null> {
  const known = await documentIn(dataDir).read();
  return known !== null && known.folder === (await folderOf(dataDir)) ? known.id : null;
}

const documentIn = (dataDir: string) =>
  privateDocument(dataDir, join(dataDir, 'host-id.json'), hostIdFileSchema);

const folderOf = async (dataDir: string): Promise<string> =>
  String((await stat(dataDir, { bigint: true })).ino);
