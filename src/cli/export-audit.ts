/** Writes the audit as JSON lines or as CSV, entry by entry, as fast as whoever reads it takes it. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { AuditEntry } from '../contract/audit.ts';
import { CoordError } from '../core/error.ts';
import type { AuditDocument } from './documents/audit-document.ts';
import { auditDocument } from './documents/audit-document.ts';
import { csvLine } from './output/csv.ts';

export const exportFormats = ['jsonl', 'csv'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const csvColumns = [
  'seq',
  'at',
  'actor_id',
  'actor',
  'type',
  'what',
  'reason',
  'objects',
  'changes',
  'event',
] as const;

/** @returns how many entries were written */
export async function writeAudit(
  entries: AsyncIterable<AuditEntry>,
  format: ExportFormat,
  stream: Writable,
): Promise<number> {
  const say = async (text: string) => {
    if (!stream.write(text)) await once(stream, 'drain');
  };
  if (format === 'csv') await say(csvLine(csvColumns));
  let count = 0;
  for await (const entry of entries) {
    await say(lineOf(auditDocument(entry), format));
    count += 1;
  }
  return count;
}

/**
 * The file is there whole, or as it was before.
 * @throws CoordError `BAD_INPUT` - it can't be written
 */
export async function writeAuditFile(
  entries: AsyncIterable<AuditEntry>,
  format: ExportFormat,
  file: string,
): Promise<number> {
  const unfinished = `${file}.unfinished`;
  const stream = createWriteStream(unfinished);
  try {
    await once(stream, 'open');
    const ended = finished(stream);
    // A disk that runs full ends the writing, too: whatever waits for room would wait for ever.
    const count = await Promise.race([writeAudit(entries, format, stream), ended.then(() => 0)]);
    stream.end();
    await ended;
    await rename(unfinished, file);
    return count;
  } catch (error) {
    stream.destroy();
    await rm(unfinished, { force: true });
    if (error instanceof CoordError) throw error;
    throw new CoordError(
      'BAD_INPUT',
      `Nothing was exported: ${file} can’t be written: ${reasonOf(error, path.dirname(file))}. Name another file with --out`,
      { file },
      { cause: error },
    );
  }
}

function lineOf(document: AuditDocument, format: ExportFormat): string {
  if (format === 'jsonl') return `${JSON.stringify(document)}\n`;
  const { seq, at, actor, type, what, reason, changes, event } = document;
  return csvLine([
    seq,
    at,
    actor.id,
    actor.name,
    type,
    what,
    reason,
    changes.map(({ id }) => id).join(' '),
    JSON.stringify(changes),
    JSON.stringify(event),
  ]);
}

function reasonOf(error: unknown, folder: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      return `there is no folder ${folder}`;
    case 'ENOTDIR':
      return `${folder} is no folder`;
    case 'EISDIR':
      return 'it is a folder';
    case 'EACCES':
    case 'EPERM':
      return `you have no right to write in ${folder}`;
    case 'ENOSPC':
      return 'the disk is full';
    default:
      return message;
  }
}
