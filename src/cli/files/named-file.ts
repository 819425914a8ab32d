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

export function builtinFile(
  kind: 'company' | 'workflow',
  { name, text }: { readonly name: string; readonly text: string },
): NamedFile {
  return { fileName: join('templates', folders[kind], `${name}.yaml`), text };
}

/**
 * @param otherNames that would have been understood, too
 * @throws CoordError `NOT_FOUND` - neither a file nor a built-in one; `BAD_INPUT` - the file can't be read
 */
export async function readNamedFile(
  kind: 'company' | 'workflow',
  given: string,
  templates: BuiltinTemplates,
  otherNames: readonly string[] = [],
): Promise<NamedFile> {
  const builtins = templates[folders[kind]];
  const builtin = looksLikePath(given) ? undefined : builtins.get(given);
  if (builtin) return builtinFile(kind, builtin);
  return {
    fileName: given,
    text: textOf(given, await read(kind, given, [...otherNames, ...builtins.keys()])),
  };
}

async function read(
  kind: 'company' | 'workflow',
  given: string,
  known: readonly string[],
): Promise<Uint8Array> {
  try {
    return await readFile(given);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') {
      const reason = code === 'EISDIR' ? `it is a folder; name the ${kind} file in it` : message;
      throw new CoordError('BAD_INPUT', `${given} can't be read: ${reason}`, { file: given });
    }
    throw new CoordError(
      'NOT_FOUND',
      `There is no file ${given} here, and no built-in ${kind} of that name: ${suggestion(given, known)}`,
      { given },
    );
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** @throws CoordError `BAD_INPUT` - what is in it is no text: nobody is helped by seeing it */
function textOf(file: string, bytes: Uint8Array): string {
  try {
    if (!bytes.includes(0)) return utf8.decode(bytes);
  } catch {
    // Bytes that are not UTF-8.
  }
  throw new CoordError('BAD_INPUT', `${file} is not a text file: write a YAML file in UTF-8`, { file });
}
