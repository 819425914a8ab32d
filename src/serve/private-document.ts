/** A small JSON file of the data directory that only its owner may read: written whole or not at all. */
import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { z } from 'zod';
import { CoordError } from '../core/error.ts';
import { cannotWrite, unusable } from '../log/sqlite/data-dir.ts';

export interface PrivateDocument<Value> {
  readonly file: string;
  /** Null: there is none. @throws CoordError `DATA_DIR_UNUSABLE` - it is not what we write, or can't be read */
  read(): Promise<Value | null>;
  /** @throws CoordError `DATA_DIR_UNUSABLE` */
  write(value: Value): Promise<void>;
  remove(): Promise<void>;
}

export function privateDocument<Schema extends z.ZodType>(
  dataDir: string,
  file: string,
  schema: Schema,
): PrivateDocument<z.output<Schema>> {
  return {
    file,
    read: async () => {
      const text = await readFile(file, 'utf8').catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
        throw unusable(dataDir, `${file} can’t be read`, error);
      });
      return text === null ? null : parsed(dataDir, file, schema, text);
    },
    write: async (value) => {
      const written = `${file}.${randomUUID()}`;
      try {
        await writeFile(written, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flush: true });
        await rename(written, file);
      } catch (error) {
        await rm(written, { force: true });
        throw cannotWrite(dataDir, error);
      }
    },
    remove: () => rm(file, { force: true }),
  };
}

function parsed<Schema extends z.ZodType>(
  dataDir: string,
  file: string,
  schema: Schema,
  text: string,
): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    // Not what stands in it: somebody may have written a password there.
    throw new CoordError(
      'DATA_DIR_UNUSABLE',
      `${file} is not what AgentCoord writes there. Put it right, or remove it and say it anew`,
      { dataDir, file },
    );
  }
}
