/** Reads what a command left in its output folder, and nothing outside of it. */
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { ProducedFile } from '../contract/runner.ts';
import { CoordError } from '../core/error.ts';

/** What one task may hand in. */
const maxFiles = 200;
const maxFileBytes = 20 * 1024 * 1024;

/**
 * The regular files of the folder, by path. Links are left out: they could point at anything.
 * @throws CoordError `RUNNER_FAILED` - too many files, or one that is too large
 */
export async function readOutputFolder(folder: string): Promise<ProducedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  if (paths.length > maxFiles) {
    throw new CoordError(
      'RUNNER_FAILED',
      `The command left ${paths.length} files; a task hands in ${maxFiles} at most`,
    );
  }
  const files: ProducedFile[] = [];
  for (const path of paths) {
    const name = relative(folder, path).split(sep).join('/');
    const { size } = await lstat(path);
    if (size > maxFileBytes) {
      throw new CoordError(
        'RUNNER_FAILED',
        `The command left ${name} with ${size} bytes; a file has ${maxFileBytes} at most`,
      );
    }
    files.push({ path: name, bytes: await readFile(path) });
  }
  return files;
}
