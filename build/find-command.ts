/** Finds a program on PATH without starting it. */
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** @returns the absolute path of the first executable file called `name`, or undefined */
export function findCommand(name: string, searchPath = process.env['PATH'] ?? ''): string | undefined {
  return searchPath
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, name))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
