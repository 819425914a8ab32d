/** Writes the beginning of a plugin: a channel that works, to be changed into another one. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { CoordError } from '../../core/error.ts';
import { readPlugin } from '../../plugin-host/read-plugin.ts';
import { pluginGuide } from '../../serve/installation.ts';
import { calledAs } from '../called-as.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';

/** Its files are those of docs/plugins.md. @throws CoordError `BAD_INPUT` - there is something already */
export async function initPlugin(named: string, command: Command): Promise<void> {
  const output = openOutput(globalOptions(command).json);
  const folder = resolve(named);
  const id = basename(folder);
  const guide = await readFile(pluginGuide, 'utf8');
  if (!/^[a-z][a-z0-9-]{1,38}[a-z0-9]$/.test(id)) {
    throw new CoordError(
      'BAD_INPUT',
      `“${id}” is no id of a plugin: name the folder with lower case letters, digits and -`,
    );
  }
  await mkdir(folder).catch((error: unknown) => {
    const why =
      error instanceof Error && 'code' in error && error.code === 'EEXIST'
        ? 'it is there already'
        : String(error);
    throw new CoordError('BAD_INPUT', `${folder} can’t be made: ${why}`, { folder });
  });
  for (const [name, text] of filesIn(guide)) {
    await writeFile(join(folder, name), text.replaceAll('my-webhook', id));
  }
  const { manifest } = await readPlugin(folder);
  output.answer({ folder, id: manifest.id }, () =>
    [
      `${folder} holds a channel that works.`,
      `Try it: ${calledAs()} plugin check ${named} --settings settings.json`,
    ].join('\n'),
  );
}

/** The blocks of code that begin with the name of a file. */
export function filesIn(guide: string): [string, string][] {
  return [...guide.matchAll(/^`([a-z.]+)`:\n\n```\w+\n([\s\S]*?)^```$/gm)].map(([, name = '', text = '']) => [
    name,
    text,
  ]);
}
