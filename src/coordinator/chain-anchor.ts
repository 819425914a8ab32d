/** The file beside a log that knows how far the log went: what is cut off at its end is missed there. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { ChainLink } from '../contract/hash-chain.ts';
import { loggedSeqSchema } from '../core/ids.ts';
import { writeDurably } from './durable-file.ts';

const anchorSchema = z.object({ seq: loggedSeqSchema, chain: z.string().regex(/^[0-9a-f]{64}$/) });

export const anchorFileOf = (companyFolder: string): string => path.join(companyFolder, 'chain.json');

/** Null: there is none. It is written whole or not at all, so that one which can't be read is no accident of ours. */
export type Anchor = ChainLink | 'unreadable' | null;

export async function readAnchor(file: string): Promise<Anchor> {
  try {
    return anchorSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isMissing ? null : 'unreadable';
  }
}

export async function writeAnchor(file: string, { seq, chain }: ChainLink): Promise<void> {
  await writeDurably(file, Buffer.from(`${JSON.stringify({ seq, chain })}\n`));
}
