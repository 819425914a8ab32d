/** Runs the contract suite against a plugin, as its author or a test does. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Settings } from '../../contract/plugin/settings-schema.ts';
import { CoordError } from '../../core/error.ts';
import { checkChannel } from '../../plugin-host/check-channel.ts';
import { readPlugin } from '../../plugin-host/read-plugin.ts';
import { pluginProgram } from '../../serve/installation.ts';
import { AnsweredRefusal } from '../answered-refusal.ts';
import { readText } from '../files/read-input.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';

/** @throws CoordError `PLUGIN_INVALID`; AnsweredRefusal - a rule is broken, and was printed */
export async function checkPlugin(
  folder: string,
  settingsFile: string | null,
  command: Command,
): Promise<void> {
  const output = openOutput(globalOptions(command).json);
  const plugin = await readPlugin(resolve(folder));
  const settings = settingsFile === null ? {} : await readSettings(settingsFile);
  const dataFolder = await mkdtemp(join(tmpdir(), 'agentcoord-check-'));
  try {
    const rules = await checkChannel({ plugin, program: pluginProgram, settings, dataFolder, terminalFd: 2 });
    output.answer({ plugin: plugin.manifest.id, rules }, () =>
      rules
        .map(({ rule, broken }) =>
          broken === null
            ? `${output.style('alive', 'ok    ')}  ${rule}`
            : `${output.style('failed', 'BROKEN')}  ${rule}: ${plainLine(broken)}`,
        )
        .join('\n'),
    );
    if (rules.some(({ broken }) => broken !== null)) throw new AnsweredRefusal();
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
}

async function readSettings(file: string): Promise<Settings> {
  const said = await readText(file);
  try {
    const read: unknown = JSON.parse(said);
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read as Settings;
  } catch {
    // Said below, without what stands in it.
  }
  throw new CoordError(
    'BAD_INPUT',
    `${file} holds no settings: write a JSON object, such as { "channel": "#team" }`,
  );
}
