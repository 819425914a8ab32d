/** What a person hands in: files under their own names, and words as a file of their own. */
import type { Coordination } from '../../contract/rpc.ts';
import { CoordError } from '../../core/error.ts';
import type { Artifact } from '../../core/task/task.ts';
import { readAttachment, readText } from '../files/read-input.ts';

interface ResultFile {
  readonly path: string;
  readonly base64: string;
}

const wordsName = 'result.md';

/**
 * Reads everything before anything is stored. The words come first, and under another name where a file has theirs.
 * @param text `-` is the standard input; null: no words
 * @throws CoordError `NOT_FOUND`; `BAD_INPUT` - a file can't be read, two are of one name, or the words say nothing
 */
export async function readResult(
  files: readonly string[],
  text: string | null,
): Promise<readonly ResultFile[]> {
  const read = await Promise.all(files.map(readAttachment));
  const names = read.map(({ path }) => path);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) {
    throw new CoordError(
      'BAD_INPUT',
      `Two of the files are called ${twice}, and each is handed in under its own name: rename one`,
      { path: twice },
    );
  }
  if (text === null) return read;
  const words = text === '-' ? await readText('-') : text;
  if (words.trim() === '') throw new CoordError('BAD_INPUT', 'Nothing was handed in: --text says nothing');
  const path = names.includes(wordsName) ? `words-${wordsName}` : wordsName;
  return [{ path, base64: Buffer.from(words, 'utf8').toString('base64') }, ...read];
}

/** @throws CoordError `TOO_LARGE`, `BAD_INPUT` - a name that may not be handed in */
export async function storeResult(
  coordination: Coordination,
  result: readonly ResultFile[],
): Promise<Artifact[]> {
  const artifacts: Artifact[] = [];
  for (const file of result) artifacts.push(await coordination.putArtifact(file));
  return artifacts;
}
