/** What was taken out of a stream, in pieces of some thousand events, packed: whoever is far behind, or new, reads it from there. */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import { CoordError } from '../../core/error.ts';
import type { Seq } from '../../core/ids.ts';
import type { RedisClient } from './redis-connection.ts';
import type { RawEntry, StreamEntry } from './stream-entry.ts';
import { readEntry } from './stream-entry.ts';

export interface Piece {
  /** The last event before it. */
  readonly from: Seq;
  /** Next to each other, as the stream had them. */
  readonly entries: readonly RawEntry[];
  /** The link of its last event: whoever reads it comes to the same. */
  readonly chain: string;
}

/** A piece as it is kept, before it is packed. */
const pieceSchema = z.strictObject({
  chain: z.string().regex(/^[0-9a-f]{64}$/),
  entries: z.array(z.tuple([z.string(), z.array(z.string())])).min(1),
});

/** Unpacked; a piece has some thousand events, and one may be large, in bytes. */
const largestPiece = 256 * 1024 * 1024;

const pack = promisify(gzip);
const unpack = promisify(gunzip);

export async function packPiece({ entries, chain }: Omit<Piece, 'from'>): Promise<Buffer> {
  return pack(JSON.stringify({ chain, entries }));
}

/**
 * The entries of the piece that holds what comes after an event; null when there is none.
 * @throws CoordError `DATABASE_DAMAGED` - it is not what we write
 */
export async function readArchive(
  ask: <Answer>(command: (client: RedisClient) => Promise<Answer>) => Promise<Answer>,
  key: string,
  after: Seq,
): Promise<StreamEntry[] | null> {
  const starts = (await ask((client) => client.hkeys(key))).map(Number).filter((start) => start <= after);
  if (starts.length === 0) return null;
  const start = String(Math.max(...starts));
  const packed = await ask((client) => client.hgetBuffer(key, start));
  if (packed === null) return null;
  const { entries, chain } = await readPiece(packed, start);
  const read = entries.map(readEntry);
  const found = read.map((entry, n) => (n === read.length - 1 ? { ...entry, chain } : entry));
  const rest = found.filter(({ last }) => last > after);
  return rest.length > 0 ? rest : null;
}

async function readPiece(packed: Buffer, start: string): Promise<z.output<typeof pieceSchema>> {
  try {
    const text = (await unpack(packed, { maxOutputLength: largestPiece })).toString();
    return pieceSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new CoordError(
      'DATABASE_DAMAGED',
      `The archive of the log in Redis can’t be read after event ${start}: it is not what AgentCoord writes. Nothing was ` +
        'changed. Put a backup of Redis in its place, or start from the data directory of a host that has these events',
      { seq: Number(start) },
      { cause: error },
    );
  }
}
