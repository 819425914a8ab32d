/** Which plugins there are: in the app, in the folder of the person, and archives there; of those that are wrong, why. */
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CoordError } from '../core/error.ts';
import { archiveExtension, readArchive, unpackOnce } from './archive/plugin-archive.ts';
import type { Plugin } from './read-plugin.ts';
import { readPlugin } from './read-plugin.ts';
import { invalidPlugin } from './refusals.ts';

export interface PluginPlaces {
  /** Ours, in the app. */
  readonly builtIn: string;
  /** Of the person; need not be there. */
  readonly own: string;
}

export interface FoundPlugins {
  readonly plugins: ReadonlyMap<string, Plugin & { readonly isBuiltIn: boolean }>;
  readonly refused: readonly CoordError[];
}

/** Archives that lie in the person's folder are unpacked beside themselves first, once they are found to be sound. */
export async function findPlugins({ builtIn, own }: PluginPlaces): Promise<FoundPlugins> {
  const plugins = new Map<string, Plugin & { readonly isBuiltIn: boolean }>();
  const refused: CoordError[] = [];
  const take = async (read: () => Promise<Plugin>, isBuiltIn: boolean) => {
    try {
      const plugin = await read();
      const other = plugins.get(plugin.manifest.id);
      if (other && other.folder !== plugin.folder) throw collision(plugin, other);
      plugins.set(plugin.manifest.id, { ...plugin, isBuiltIn });
    } catch (error) {
      if (!(error instanceof CoordError)) throw error;
      refused.push(error);
    }
  };
  for (const { name } of (await entriesOf(builtIn)).filter((entry) => entry.isDirectory())) {
    await take(() => readPlugin(join(builtIn, name)), true);
  }
  const entries = await entriesOf(own);
  const archives = entries.filter((entry) => entry.isFile() && entry.name.endsWith(archiveExtension));
  const unpacked = new Set<string>();
  for (const { name } of archives) {
    await take(async () => {
      const archive = await readArchive(join(own, name));
      const folder = join(own, archive.manifest.id);
      const other = plugins.get(archive.manifest.id);
      if (other) throw collision({ manifest: archive.manifest, folder: join(own, name) }, other);
      await unpackOnce(archive, folder);
      unpacked.add(archive.manifest.id);
      return await readPlugin(folder);
    }, false);
  }
  for (const entry of entries.filter(mayBeMeant)) {
    if (unpacked.has(entry.name)) continue;
    await take(() => {
      requireUsable(entry, join(own, entry.name));
      return readPlugin(join(own, entry.name));
    }, false);
  }
  return { plugins, refused };
}

/** Not what is hidden, and not what an installation leaves behind that was killed. */
const mayBeMeant = (entry: Dirent): boolean =>
  (entry.isDirectory() || entry.isSymbolicLink()) && !/^\.|\.(new|old)-\d+$/.test(entry.name);

function requireUsable(entry: Dirent, where: string): void {
  if (entry.isSymbolicLink())
    throw invalidPlugin(where, 'it is a link: put the folder itself there, or install it');
  if (/^[a-z0-9-]+$/.test(entry.name)) return;
  throw invalidPlugin(
    where,
    'its folder may be called by lower case letters, digits and - only, best by its id: rename the folder',
  );
}

function collision({ manifest, folder }: Pick<Plugin, 'manifest' | 'folder'>, other: Plugin): CoordError {
  return invalidPlugin(
    folder,
    `id: there is a plugin ${manifest.id} already, in ${other.folder}. Remove one of the two`,
    {
      fields: ['id'],
    },
  );
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}
