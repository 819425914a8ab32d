/** Looks at the folders among settings, then asks the plugin what it says of them, in a process of its own that ends with the answer. */
import { mkdir } from 'node:fs/promises';
import type { Settings, SettingsProblem } from '../contract/plugin/settings-schema.ts';
import { CoordError } from '../core/error.ts';
import { folderProblems } from './check-folders.ts';
import { lineSettings } from './line-settings.ts';
import { hostsOf } from './plugin-hosts.ts';
import type { PluginProgram } from './plugin-process.ts';
import { PluginProcess } from './plugin-process.ts';
import type { Plugin } from './read-plugin.ts';

export interface ValidationRequest {
  readonly plugin: Plugin;
  readonly program: PluginProgram;
  readonly settings: Settings;
  readonly dataFolder: string;
}

/** @throws CoordError `PLUGIN_FAILED` - it could not be asked */
export async function validateSettings(request: ValidationRequest): Promise<readonly SettingsProblem[]> {
  const { plugin, program, settings, dataFolder } = request;
  const problems = await folderProblems(plugin.manifest, settings);
  if (problems.length > 0) return problems;
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const nobody = async () => ({});
  try {
    const process = await PluginProcess.start({
      ...{ program, pluginFolder: plugin.folder, module: plugin.module, dataFolder, writes: [] },
      hosts: hostsOf(plugin.manifest, settings),
      terminal: null,
      handlers: { receive: async () => ({ ok: false, text: '' }), report: nobody, log: nobody },
      onOutput: () => undefined,
      onSlowed: () => undefined,
    });
    try {
      const { problems } = await process.call('validateConfig', { settings: lineSettings(settings) });
      return problems;
    } finally {
      await process.stop(1_000);
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CoordError(
      'PLUGIN_FAILED',
      `The plugin ${plugin.manifest.id} could not say whether its settings are right: ${why}`,
    );
  }
}
