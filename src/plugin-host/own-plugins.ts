/** Puts plugins into the folder of a person, and takes them out again. Nothing of them runs. */
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CoordError } from '../core/error.ts';
import { installNoteName, requireMayReplace, writeInstallNote } from './archive/install-note.ts';
import type { OpenedArchive } from './archive/plugin-archive.ts';
import { archiveExtension, readArchive, unpackOnce } from './archive/plugin-archive.ts';
import type { PluginPlaces } from './find-plugins.ts';
import { findPlugins } from './find-plugins.ts';
import type { Plugin } from './read-plugin.ts';
import { readPlugin } from './read-plugin.ts';
import { invalidPlugin } from './refusals.ts';

export interface InstalledPlugin {
  readonly folder: string;
  /** What was there before it; null: nothing. */
  readonly before: Plugin | null;
  /** Archives of the same plugin that lay beside it, and are removed: they would take its place at the next look. */
  readonly removed: readonly string[];
}

/** @throws CoordError `PLUGIN_INVALID` - nothing was changed */
export async function installArchive(
  archive: OpenedArchive,
  places: PluginPlaces,
  mayChangeSigner: boolean,
): Promise<InstalledPlugin> {
  const { manifest, where } = archive;
  return await install(manifest.id, where, places, (target) =>
    unpackOnce(archive, target, { mayChangeSigner }),
  );
}

/** @throws CoordError `PLUGIN_INVALID` - nothing was changed */
export async function installFolder(
  folder: string,
  places: PluginPlaces,
  mayChangeSigner: boolean,
): Promise<InstalledPlugin> {
  const { manifest } = await readPlugin(resolve(folder));
  return await install(manifest.id, folder, places, async (target) => {
    await requireMayReplace(target, { id: manifest.id, where: folder, signer: null }, mayChangeSigner);
    await copyWhole(resolve(folder), target);
  });
}

/** @throws CoordError `PLUGIN_INVALID` - it has the id of one that comes with the app */
export async function requireNotOurs(
  id: string,
  where: string,
  { builtIn, own }: PluginPlaces,
): Promise<void> {
  const ours = await findPlugins({ builtIn, own: join(own, '.none') });
  if (ours.plugins.has(id)) throw invalidPlugin(where, `id: ${id} is one of ours`, { fields: ['id'] });
}

/** @returns what was removed. @throws CoordError `NOT_FOUND` */
export async function removeOwnPlugin(id: string, places: PluginPlaces): Promise<Plugin> {
  const { plugins } = await findPlugins(places);
  const found = plugins.get(id);
  if (!found || found.isBuiltIn) {
    const yours = [...plugins.values()]
      .filter(({ isBuiltIn }) => !isBuiltIn)
      .map(({ manifest }) => manifest.id);
    throw new CoordError('NOT_FOUND', `You have no plugin ${id}. Yours are: ${yours.join(', ') || 'none'}`, {
      id,
    });
  }
  await removeArchives(places.own, id);
  await rm(found.folder, { recursive: true, force: true });
  return found;
}

async function install(
  id: string,
  where: string,
  places: PluginPlaces,
  put: (target: string) => Promise<void>,
): Promise<InstalledPlugin> {
  await requireNotOurs(id, where, places);
  const { own } = places;
  await mkdir(own, { recursive: true, mode: 0o700 });
  const folder = join(own, id);
  const before = await readPlugin(folder).catch(() => null);
  await put(folder);
  return { folder, before, removed: await removeArchives(own, id, resolve(where)) };
}

/** An archive beside it, whatever it is called, would bring it back. @returns the names of those that were there */
async function removeArchives(own: string, id: string, but: string | null = null): Promise<string[]> {
  const removed: string[] = [];
  for (const name of await readdir(own)) {
    if (!name.endsWith(archiveExtension) || join(own, name) === but) continue;
    const archive = await readArchive(join(own, name)).catch(() => null);
    if (archive?.manifest.id !== id) continue;
    await rm(join(own, name), { force: true });
    removed.push(name);
  }
  return removed;
}

async function copyWhole(from: string, target: string): Promise<void> {
  const unfinished = `${target}.new-${process.pid}`;
  await cp(from, unfinished, { recursive: true, filter: (path) => !/[\\/]\.git([\\/]|$)/.test(path) });
  // Whatever that folder was installed from, this one came from a folder.
  await rm(join(unfinished, installNoteName), { force: true });
  await writeInstallNote(unfinished, { sum: null, signer: null });
  await rm(target, { recursive: true, force: true });
  await rename(unfinished, target);
}
