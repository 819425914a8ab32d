/** What a worker of a chaos test writes down for itself, line by line: its word against that of the log. */
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Seq, TaskId } from '../../src/core/ids.ts';

export interface JournalEntry {
  /**
   * `claimed`: was granted. `completed`, `failed`: was acked. `lost`: the host says that somebody else may have it.
   * A killed worker may not have got to write down what was acked last.
   */
  readonly what: 'claimed' | 'completed' | 'failed' | 'lost';
  readonly task: TaskId;
  readonly token: Seq;
}

export interface JournalPlace {
  readonly folder: string;
  readonly member: string;
  /** Each process that acts for a member has a file of its own. */
  readonly incarnation: number;
}

const fileOf = ({ folder, member, incarnation }: JournalPlace) =>
  path.join(folder, `${member}.${incarnation}.jsonl`);

/** A line is whole or not there: the process may be killed, and its page of the file stays with the system. */
export function writeEntry(place: JournalPlace, entry: JournalEntry): void {
  appendFileSync(fileOf(place), `${JSON.stringify(entry)}\n`);
}

/** Every entry of every worker, with the name of the member that it acted for. */
export function readJournals(folder: string): (JournalEntry & { readonly member: string })[] {
  return readdirSync(folder).flatMap((name) => {
    const member = name.slice(0, name.indexOf('.'));
    const lines = readFileSync(path.join(folder, name), 'utf8').trimEnd().split('\n');
    return lines.map((line) => ({ ...(JSON.parse(line) as JournalEntry), member }));
  });
}
