/** A small channel as authors pack theirs, for tests that install it. */
import type { KeyObject } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packPlugin } from '../../src/plugin-host/archive/plugin-archive.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export interface PackedPlugin {
  /** Its default: `pigeon`. */
  readonly id?: string;
  readonly version?: string;
  readonly hosts?: readonly string[];
  /** Of its author; left out: it is not signed. */
  readonly key?: KeyObject;
}

/** @returns the bytes of its `.acplug` */
export async function packedPlugin({ id = 'pigeon', version = '1.0.0', hosts = [], key }: PackedPlugin = {}) {
  const folder = join(await temporaryFolder(), id);
  await mkdir(folder);
  const manifest = {
    ...{ id, version, hosts, apiVersion: '^1.0.0', displayName: 'Pigeon post', author: 'Ada of the loft' },
    description: 'Sends each message by the next pigeon.',
    kind: 'channel',
    capabilities: ['text', 'rich'],
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  const send = 'send: async () => ({ id: "1" })';
  await writeFile(join(folder, 'index.js'), `export default { open: () => ({ ${send} }) };`);
  return (await packPlugin(folder, key ?? null)).bytes;
}
