/** What the workers and the people of a host write down for themselves, line by line, before they go on: their word against that of the log. */
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ArtifactHash, MemberId, Seq, TaskId } from '../../src/core/ids.ts';

/** Whose claim, of what. */
interface Holding {
  readonly task: TaskId;
  readonly token: Seq;
}

/**
 * `handing`: its work is over, whatever the answer will be. `left`: it stopped working and tells nobody, so that its lease
 * runs out. `lost`: it was told that somebody else may have the task. The others were acknowledged.
 */
export type Deed =
  | { readonly what: 'created'; readonly task: TaskId; readonly title: string }
  | { readonly what: 'cancelled'; readonly task: TaskId }
  | ({ readonly what: 'claimed'; readonly member: MemberId } & Holding)
  | ({ readonly what: 'handing' | 'left' | 'lost' | 'released' } & Holding)
  | ({ readonly what: 'completed'; readonly hash: ArtifactHash } & Holding);

/** `t` is when it was written, by the clock that all processes of the machine share, in ms. */
export type Entry = Deed & {
  readonly t: number;
  /** It was done while Redis was away. */
  readonly alone?: true;
};

/** An entry, and which run of which host it is of. */
export type RunEntry = Entry & { readonly run: string };

export function machineTime(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export class Journal {
  readonly #file: string;

  /** @param run of the host; @param writer each one has a file of its own */
  constructor(folder: string, run: string, writer: string) {
    this.#file = path.join(folder, `${run}.${writer}.jsonl`);
  }

  /** A line is whole or not there: the process may be killed, and its page of the file stays with the system. */
  write(deed: Deed, isAlone = false): void {
    const entry: Entry = { ...deed, t: machineTime(), ...(isAlone && { alone: true }) };
    appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
  }
}

/** Every entry, those of each writer in their order. */
export function readJournals(folder: string): RunEntry[] {
  return readdirSync(folder).flatMap((name) => {
    const run = name.slice(0, name.indexOf('.'));
    const lines = readFileSync(path.join(folder, name), 'utf8').trimEnd().split('\n');
    return lines.map((line) => ({ ...(JSON.parse(line) as Entry), run }));
  });
}
