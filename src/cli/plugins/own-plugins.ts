/** The plugins of a person: lists, installs and removes them. */
import { cp, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Manifest } from '../../contract/plugin/manifest.ts';
import { CoordError } from '../../core/error.ts';
import { prepareDataDir } from '../../log/sqlite/data-dir.ts';
import {
  installNoteName,
  requireMayReplace,
  writeInstallNote,
} from '../../plugin-host/archive/install-note.ts';
import { readArchive, unpackOnce } from '../../plugin-host/archive/plugin-archive.ts';
import { findPlugins } from '../../plugin-host/find-plugins.ts';
import { readPlugin } from '../../plugin-host/read-plugin.ts';
import { ownPluginsFolder } from '../../serve/channels/host-channels.ts';
import { defaultDataDir } from '../../serve/data-directory.ts';
import { pluginsFolder } from '../../serve/installation.ts';
import { calledAs } from '../called-as.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';

const dataDirOf = (command: Command): string => resolve(globalOptions(command).dataDir ?? defaultDataDir());
const placesOf = (command: Command) => ({
  builtIn: pluginsFolder,
  own: ownPluginsFolder(dataDirOf(command)),
});

export async function listPlugins(command: Command): Promise<void> {
  const output = openOutput(globalOptions(command).json);
  const { plugins, refused } = await findPlugins(placesOf(command));
  const rows = [...plugins.values()].map(({ manifest, isBuiltIn, folder }) => ({
    ...pluginDocument(manifest),
    builtIn: isBuiltIn,
    folder,
  }));
  output.answer({ plugins: rows, refused: refused.map(({ message }) => message) }, () =>
    output.table(
      [
        { title: 'PLUGIN', cell: ({ id }) => id },
        { title: 'VERSION', cell: ({ version }) => version },
        { title: 'FROM', cell: ({ builtIn }) => ({ text: builtIn ? 'AgentCoord' : 'you', meaning: 'over' }) },
        { title: 'REACHES', cell: ({ hosts }) => hosts.join(', ') || 'no host', shrinks: true },
        { title: 'CAN', cell: ({ capabilities }) => capabilities.join(', '), shrinks: true },
      ],
      rows,
    ),
  );
  for (const { message } of refused) output.note(plainLine(message));
}

/** @throws CoordError `PLUGIN_INVALID` - nothing was changed */
export async function installPlugin(
  source: string,
  mayChangeSigner: boolean,
  command: Command,
): Promise<void> {
  const output = openOutput(globalOptions(command).json);
  await prepareDataDir(dataDirOf(command));
  const { own, builtIn } = placesOf(command);
  const isFolder = (await lstat(source).catch(() => null))?.isDirectory() === true;
  const archive = isFolder ? null : await readArchive(resolve(source));
  const manifest = archive ? archive.manifest : (await readPlugin(resolve(source))).manifest;
  const ours = (await findPlugins({ builtIn, own: join(own, '.none') })).plugins.get(manifest.id);
  if (ours) {
    throw new CoordError(
      'PLUGIN_INVALID',
      `The plugin in ${source} was refused: id: ${manifest.id} is one of ours`,
      {
        fields: ['id'],
      },
    );
  }
  await mkdir(own, { recursive: true, mode: 0o700 });
  const target = join(own, manifest.id);
  const before = await readPlugin(target).catch(() => null);
  if (archive) await unpackOnce(archive, target, { mayChangeSigner });
  else {
    await requireMayReplace(target, { id: manifest.id, where: source, signer: null }, mayChangeSigner);
    await copyWhole(resolve(source), target);
  }
  // One that lies beside it would take its place again at the next look.
  const others = await removeArchives(own, manifest.id, resolve(source));
  const plugin = { ...pluginDocument(manifest), folder: target, signer: archive?.signer ?? null };
  output.answer({ plugin }, () =>
    [
      `${manifest.displayName} ${manifest.version} is installed, ${plugin.signer === null ? 'not signed' : `signed by ${plugin.signer}`}.`,
      ...(before ? [`It takes the place of ${before.manifest.version}. ${goesOn}`] : []),
      ...others.map((name) => `${name} lay beside it, and is removed.`),
      `It may reach: ${manifest.hosts.join(', ') || 'no host'}. It can: ${manifest.capabilities.join(', ')}.`,
      `Make a channel of it: ${calledAs()} channels set <name> --plugin ${manifest.id} --consent`,
    ].join('\n'),
  );
}

/** @throws CoordError `NOT_FOUND` */
export async function removePlugin(id: string, command: Command): Promise<void> {
  const output = openOutput(globalOptions(command).json);
  const { own } = placesOf(command);
  const { plugins } = await findPlugins(placesOf(command));
  const found = plugins.get(id);
  if (!found || found.isBuiltIn) {
    const yours = [...plugins.values()]
      .filter(({ isBuiltIn }) => !isBuiltIn)
      .map(({ manifest }) => manifest.id);
    throw new CoordError('NOT_FOUND', `You have no plugin ${id}. Yours are: ${yours.join(', ') || 'none'}`, {
      id,
    });
  }
  await removeArchives(own, id);
  await rm(found.folder, { recursive: true, force: true });
  output.answer(
    { plugin: pluginDocument(found.manifest) },
    () => `${found.manifest.displayName} is removed. ${goesOn}`,
  );
}

/** An archive beside it, whatever it is called, would bring it back. @returns the names of those that were there */
async function removeArchives(own: string, id: string, but: string | null = null): Promise<string[]> {
  const removed: string[] = [];
  for (const name of await readdir(own)) {
    if (!name.endsWith('.acplug') || join(own, name) === but) continue;
    const archive = await readArchive(join(own, name)).catch(() => null);
    if (archive?.manifest.id !== id) continue;
    await rm(join(own, name), { force: true });
    removed.push(name);
  }
  return removed;
}

const goesOn = 'A channel that is open goes on as it is until it is set anew or its host starts again.';

async function copyWhole(from: string, target: string): Promise<void> {
  const unfinished = `${target}.new-${process.pid}`;
  await cp(from, unfinished, { recursive: true, filter: (path) => !/[\\/]\.git([\\/]|$)/.test(path) });
  // Whatever that folder was installed from, this one came from a folder.
  await rm(join(unfinished, installNoteName), { force: true });
  await writeInstallNote(unfinished, { sum: null, signer: null });
  await rm(target, { recursive: true, force: true });
  await rename(unfinished, target);
}

function pluginDocument({ id, version, displayName, capabilities, hosts }: Manifest) {
  return { id, version, displayName, capabilities, hosts };
}
