/** Reads a plugin from its folder and checks what it says of itself; nothing of it runs. */
import { lstat, readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Manifest } from '../contract/plugin/manifest.ts';
import { fitsApi, manifestSchema, pluginApiVersion } from '../contract/plugin/manifest.ts';
import { invalidPlugin, manifestFaults } from './refusals.ts';

export interface Plugin {
  readonly manifest: Manifest;
  /** Whole paths, without links. */
  readonly folder: string;
  readonly module: string;
}

export const manifestName = 'manifest.json';
const longestManifest = 256 * 1024;

/** @throws CoordError `PLUGIN_INVALID` - with the fields that are wrong */
export async function readPlugin(named: string): Promise<Plugin> {
  const folder = await realpath(named).catch(() => {
    throw invalidPlugin(named, 'there is no such folder');
  });
  const manifest = parseManifest(await readManifest(folder), folder);
  const module = await realpath(join(folder, manifest.main)).catch(() => {
    throw invalidPlugin(folder, `main: there is no ${manifest.main} in it`, { fields: ['main'] });
  });
  if (!module.startsWith(folder + sep)) {
    throw invalidPlugin(folder, `main: ${manifest.main} leads out of the folder`, { fields: ['main'] });
  }
  return { manifest, folder, module };
}

/** @param text of a `manifest.json` @throws CoordError `PLUGIN_INVALID` */
export function parseManifest(text: string, where: string): Manifest {
  const read = manifestSchema.safeParse(parsed(text, where));
  if (!read.success) {
    const faults = manifestFaults(read.error);
    throw invalidPlugin(where, faults.text, { fields: faults.fields });
  }
  const manifest = read.data;
  if (!fitsApi(manifest.apiVersion)) {
    throw invalidPlugin(
      where,
      `apiVersion: it is for version ${manifest.apiVersion} of the plugin API, and this is ${pluginApiVersion}. ` +
        'Get a version of it for this one',
      { fields: ['apiVersion'] },
    );
  }
  for (const [index, host] of manifest.hosts.entries()) {
    const setting = /^\{(.+)\}$/.exec(host)?.[1];
    const named = setting === undefined ? undefined : manifest.configSchema.properties[setting];
    if (setting === undefined || (named?.type === 'string' && named.format === 'uri')) continue;
    throw invalidPlugin(where, `hosts.${index}: ${setting} is no setting with "format": "uri"`, {
      fields: [`hosts.${index}`],
    });
  }
  return manifest;
}

async function readManifest(folder: string): Promise<string> {
  const file = join(folder, manifestName);
  const found = await lstat(file).catch(() => null);
  if (!found?.isFile()) throw invalidPlugin(folder, `it has no ${manifestName}`);
  if (found.size > longestManifest)
    throw invalidPlugin(folder, `its ${manifestName} is longer than ${longestManifest} bytes`);
  return await readFile(file, 'utf8');
}

function parsed(text: string, where: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw invalidPlugin(
      where,
      `${manifestName} is no JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
