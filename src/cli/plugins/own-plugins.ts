/** The plugins of a person: lists, installs and removes them. */
import { lstat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Manifest } from '../../contract/plugin/manifest.ts';
import { prepareDataDir } from '../../log/sqlite/data-dir.ts';
import { readArchive } from '../../plugin-host/archive/plugin-archive.ts';
import { findPlugins } from '../../plugin-host/find-plugins.ts';
import { installArchive, installFolder, removeOwnPlugin } from '../../plugin-host/own-plugins.ts';
import { readPlugin } from '../../plugin-host/read-plugin.ts';
import { pluginPlaces } from '../../serve/channels/host-channels.ts';
import { defaultDataDir } from '../../serve/data-directory.ts';
import { calledAs } from '../called-as.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';

const dataDirOf = (command: Command): string => resolve(globalOptions(command).dataDir ?? defaultDataDir());
const placesOf = (command: Command) => pluginPlaces(dataDirOf(command));

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
  const places = placesOf(command);
  const isFolder = (await lstat(source).catch(() => null))?.isDirectory() === true;
  const archive = isFolder ? null : await readArchive(resolve(source));
  const manifest = archive ? archive.manifest : (await readPlugin(resolve(source))).manifest;
  const { folder, before, removed } = archive
    ? await installArchive(archive, places, mayChangeSigner)
    : await installFolder(source, places, mayChangeSigner);
  const plugin = { ...pluginDocument(manifest), folder, signer: archive?.signer ?? null };
  output.answer({ plugin }, () =>
    [
      `${manifest.displayName} ${manifest.version} is installed, ${plugin.signer === null ? 'not signed' : `signed by ${plugin.signer}`}.`,
      ...(before ? [`It takes the place of ${before.manifest.version}. ${goesOn}`] : []),
      ...removed.map((name) => `${name} lay beside it, and is removed.`),
      `It may reach: ${manifest.hosts.join(', ') || 'no host'}. It can: ${manifest.capabilities.join(', ')}.`,
      `Make a channel of it: ${calledAs()} channels set <name> --plugin ${manifest.id} --consent`,
    ].join('\n'),
  );
}

/** @throws CoordError `NOT_FOUND` */
export async function removePlugin(id: string, command: Command): Promise<void> {
  const output = openOutput(globalOptions(command).json);
  const { manifest } = await removeOwnPlugin(id, placesOf(command));
  output.answer({ plugin: pluginDocument(manifest) }, () => `${manifest.displayName} is removed. ${goesOn}`);
}

const goesOn = 'A channel that is open goes on as it is until it is set anew or its host starts again.';

function pluginDocument({ id, version, displayName, capabilities, hosts }: Manifest) {
  return { id, version, displayName, capabilities, hosts };
}
