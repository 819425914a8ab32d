/** The list by which an installed app finds a new version: put it, and the packages that it names, into the folder of the feed. */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { manifest } from './builder-settings.ts';

/** What the app of each system asks for, and which of its packages can replace itself. */
const lists: readonly (readonly [extension: string, list: string])[] = [
  ['.AppImage', 'latest-linux.yml'],
  ['.exe', 'latest.yml'],
];

/** @returns the paths of the lists that were written */
export async function writeUpdateLists(packages: readonly string[], out: string): Promise<string[]> {
  const written: string[] = [];
  for (const [extension, name] of lists) {
    const file = packages.find((one) => one.endsWith(extension));
    if (file === undefined) continue;
    const list = path.join(out, name);
    await writeFile(list, updateList(path.basename(file), await readFile(file), manifest.version));
    written.push(list);
  }
  return written;
}

/** As electron-updater reads it. */
export function updateList(name: string, bytes: Uint8Array, version: string): string {
  const sha512 = createHash('sha512').update(bytes).digest('base64');
  const url = encodeURIComponent(name);
  return `version: ${version}
files:
  - url: ${url}
    sha512: ${sha512}
    size: ${bytes.byteLength}
path: ${url}
sha512: ${sha512}
`;
}
