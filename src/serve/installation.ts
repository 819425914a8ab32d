/** Where the parts of an installed AgentCoord lie: beside the program that runs. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SubprocessOptions } from '../launchers/subprocess.ts';
import type { SqliteOptions } from '../log/sqlite/connection.ts';
import type { PluginProgram } from '../plugin-host/plugin-process.ts';

/** The folder that holds package.json, `out/` and `templates/`, wherever in it this file has been bundled to. */
export const installationFolder = findInstallation(dirname(fileURLToPath(import.meta.url)));

/** The built-in companies and workflows. */
export const templatesFolder = join(installationFolder, 'templates');

/** The built UI. */
export const rendererFolder = join(installationFolder, 'out', 'renderer');

/** How a worker is started: on the runtime that runs us, which may be Electron's. */
export const workerProgram: SubprocessOptions = {
  command: [process.execPath, join(installationFolder, 'out', 'main', 'worker.js')],
  environment: process.versions['electron'] === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' },
};

/** What runs a plugin, on the same runtime. */
export const pluginProgram: PluginProgram = {
  runtime: process.execPath,
  module: join(installationFolder, 'out', 'plugin', 'runtime.mjs'),
  environment: workerProgram.environment ?? {},
};

/** Our own channels. */
export const pluginsFolder = join(installationFolder, 'out', 'plugins');

/** What the HTTP API answers, as the build reads it from the types of the contract. */
export const answerSchemasFile = join(installationFolder, 'out', 'api', 'answers.json');

/** What each code of an error means. */
export const errorsFile = join(installationFolder, 'errors.md');

/** For authors of plugins, with a channel that works. */
export const pluginGuide = join(installationFolder, 'docs', 'plugins.md');

/** Which SQLite addon to load: whoever starts an older Electron names one that it can load. */
export const sqliteOptions: SqliteOptions = { nativeBinding: process.env['AGENTCOORD_SQLITE_BINDING'] };

function findInstallation(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder)
    throw new Error('AgentCoord is not installed completely: no package.json above its program');
  return findInstallation(parent);
}
