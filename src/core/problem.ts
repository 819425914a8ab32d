/** What is wrong at one place of a company or workflow file, and how to put it right. */
import type { ErrorCode } from './error.ts';
import { CoordError } from './error.ts';
import type { FileNode, FilePath } from './file-node.ts';

export interface Problem {
  readonly path: FilePath;
  /** Whether the key at the end of the path is at fault, or its value. */
  readonly at: 'key' | 'value';
  readonly message: string;
  readonly fix: string;
}

export function problemAt(node: FileNode, message: string, fix: string): Problem {
  return { path: node.path, at: 'value', message, fix };
}

export function problemAtKey(node: FileNode, message: string, fix: string): Problem {
  return { path: node.path, at: 'key', message, fix };
}

/**
 * Refuses what has problems, naming all of them.
 * @throws CoordError `code` (`BAD_INPUT` unless told otherwise), with `details.problems`
 */
export function refuseProblems(
  what: string,
  problems: readonly Problem[],
  code: ErrorCode = 'BAD_INPUT',
): void {
  if (problems.length === 0) return;
  const list = problems.map(({ path, message, fix }) => `${pathText(path)}: ${message} - ${fix}`);
  throw new CoordError(code, `${what} was refused: ${list.join('; ')}`, { problems });
}

/** `departments[0].teams[1].lead` */
export function pathText(path: FilePath): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
  return text.startsWith('.') ? text.slice(1) : text || 'the file';
}
