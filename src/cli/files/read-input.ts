/** What a command takes from files and from the standard input. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { buffer as readAll } from 'node:stream/consumers';
import { CoordError } from '../../core/error.ts';

/** @param file `-` is the standard input @throws CoordError `NOT_FOUND`; `BAD_INPUT` - it can't be read */
export async function readText(file: string): Promise<string> {
  return (await readBytes(file)).toString('utf8');
}

/** @param file `-` is the standard input @throws CoordError `NOT_FOUND`; `BAD_INPUT` - it can't be read */
export async function readBytes(file: string): Promise<Buffer> {
  return file === '-' ? await readAll(process.stdin) : await read(file);
}

/** A file under its own name, as `putArtifact` takes it. @throws CoordError `NOT_FOUND`, `BAD_INPUT` */
export async function readAttachment(file: string): Promise<{ path: string; base64: string }> {
  return { path: basename(file), base64: (await read(file)).toString('base64') };
}

async function read(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new CoordError('NOT_FOUND', `There is no file ${file} here`, { file });
    throw new CoordError('BAD_INPUT', `${file} can't be read: ${message}`, { file });
  }
}
