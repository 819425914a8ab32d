/** Reads a company or workflow file that a person names: a path, or the name of a built-in one. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CoordError } from '../../core/error.ts';
import { suggestion } from '../../core/nearest-name.ts';
import type { BuiltinTemplates } from '../../template/builtin-templates.ts';

export interface NamedFile {
  /** As findings call it. */
  readonly fileName: string;
  readonly text: string;
}

const folders = { company: 'companies', workflow: 'workflows' } as const;

/** What has a folder or an ending in it can't be meant as the name of a built-in one. */
export const looksLikePath = (given: string): boolean => /[\\/]|\.ya?ml$/.test(given);

/** @throws CoordError `NOT_FOUND` - neither a file nor a built-in one; `BAD_INPUT` - the file can't be read */
export async function readNamedFile(
  kind: 'company' | 'workflow',
  given: string,
  templates: BuiltinTemplates,
): Promise<NamedFile> {
  const builtins = templates[folders[kind]];
  const builtin = looksLikePath(given) ? undefined : builtins.get(given);
  if (builtin) return { fileName: join('templates', folders[kind], `${given}.yaml`), text: builtin.text };
  try {
    return { fileName: given, text: await readFile(given, 'utf8') };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT')
      throw new CoordError('BAD_INPUT', `${given} can't be read: ${message}`, { file: given });
    throw new CoordError(
      'NOT_FOUND',
      `There is no file ${given} here, and no built-in ${kind} of that name: ${suggestion(given, builtins.keys())}`,
      { given },
    );
  }
}
