/** Which packages a built program loads: those that its files import, and what these depend on. */
import { readFile } from 'node:fs/promises';
import { createRequire, isBuiltin } from 'node:module';
import path from 'node:path';

export interface PackageFolder {
  readonly folder: string;
  /** `node_modules/zod`: where it stands beside the program. */
  readonly inside: string;
}

export async function packagesOf(program: string): Promise<readonly PackageFolder[]> {
  const found = new Map<string, PackageFolder>();
  for (const name of await importedBy(program)) await collect(name, program, found);
  return [...found.values()];
}

const importStatement =
  /^(?:import|export)\b[^"'\n]*?from\s*["']([^"'\n]+)["']|^import\s*["']([^"'\n]+)["']|\bimport\(\s*["']([^"'\n]+)["']\s*\)/gm;

/** Bare names that the file, or a file of its own that it imports, names. */
async function importedBy(entry: string): Promise<Set<string>> {
  const names = new Set<string>();
  const files = [entry];
  for (const file of files) {
    // What only looks like an import, such as the text of a program that is written, leads nowhere.
    const text = await readFile(file, 'utf8').catch(() => '');
    for (const [, from, bare, dynamic] of text.matchAll(importStatement)) {
      const name = from ?? bare ?? dynamic ?? '';
      if (name.startsWith('.')) {
        const own = path.resolve(path.dirname(file), name);
        if (!files.includes(own)) files.push(own);
      } else if (!isBuiltin(name)) names.add(packageName(name));
    }
  }
  return names;
}

const packageName = (name: string): string =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');

/** What is not there is optional, or belongs to another system. */
async function collect(name: string, from: string, found: Map<string, PackageFolder>): Promise<void> {
  const folder = folderOf(name, from);
  if (folder === null || found.has(folder)) return;
  const at = folder.lastIndexOf(`${path.sep}node_modules${path.sep}`);
  const top = folder.indexOf(`${path.sep}node_modules${path.sep}`);
  found.set(folder, { folder, inside: folder.slice((at === top ? at : top) + 1) });
  const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
    peerDependencies?: Record<string, string>;
  };
  for (const needed of Object.keys({ ...manifest.peerDependencies, ...manifest.dependencies })) {
    await collect(needed, path.join(folder, 'package.json'), found);
  }
}

function folderOf(name: string, from: string): string | null {
  for (const place of createRequire(from).resolve.paths(name) ?? []) {
    const folder = path.join(place, name);
    try {
      createRequire(from)(path.join(folder, 'package.json'));
      return folder;
    } catch {
      // Not here; the next folder up may have it.
    }
  }
  return null;
}
