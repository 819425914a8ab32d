/** Packs our default app into an Electron distribution, again whenever its source changes. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPackage } from '@electron/asar';

const sourceFolder = fileURLToPath(new URL('default-app', import.meta.url));
const sourceFiles = ['package.json', 'main.js'];

/** @returns whether `dist` holds the default app as it is in the source now */
export async function hasDefaultApp(dist: string): Promise<boolean> {
  const key = keyFile(dist);
  return existsSync(key) && (await readFile(key, 'utf8')) === (await sourceKey());
}

export async function installDefaultApp(dist: string): Promise<void> {
  const archive = path.join(dist, 'resources', 'default_app.asar');
  await createPackage(sourceFolder, `${archive}.new`);
  await rename(`${archive}.new`, archive);
  await writeFile(keyFile(dist), await sourceKey());
}

function keyFile(dist: string): string {
  return path.join(dist, 'resources', 'default_app.sha256');
}

async function sourceKey(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of sourceFiles) hash.update(await readFile(path.join(sourceFolder, name)));
  return hash.digest('hex');
}
