/** A log whose last link is noted in a file beside it: soon after it grew, with each snapshot, and when it is closed. */
import type { ArtifactExchange } from '../contract/artifact-exchange.ts';
import type { EventGroup, EventLog, Snapshot, WantsEvent } from '../contract/event-log.ts';
import type { ChainLink, LogRecord } from '../contract/hash-chain.ts';
import { CoordError } from '../core/error.ts';
import type { StoredEvent } from '../core/event.ts';
import type { Seq } from '../core/ids.ts';
import { readAnchor, writeAnchor } from './chain-anchor.ts';
import type { OnFault } from './fault.ts';

/** A kill leaves at most so much unnoted, in ms. */
const noteAfter = 10_000;

/** Only what is durable is noted, so the file is never ahead of the log, whenever the host is killed. */
export class AnchoredLog implements EventLog {
  readonly #log: EventLog;
  readonly #file: string;
  readonly #onFault: OnFault;
  #noted: ChainLink | null;
  /** The log does not hold what was noted, or the note can't be read; null: it does. Such a note is evidence, and stays. */
  readonly broken: CoordError | null;
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();

  private constructor(
    log: EventLog,
    file: string,
    onFault: OnFault,
    noted: ChainLink | null,
    broken: CoordError | null,
  ) {
    this.#log = log;
    this.#file = file;
    this.#onFault = onFault;
    this.#noted = noted;
    this.broken = broken;
  }

  /** @param onFault is told when the note can't be written */
  static async open(log: EventLog, file: string, onFault: OnFault): Promise<AnchoredLog> {
    const noted = await readAnchor(file);
    if (noted === 'unreadable') return new AnchoredLog(log, file, onFault, null, unreadable(file));
    const isHeld = noted === null || (await holds(log, noted));
    return new AnchoredLog(log, file, onFault, noted, isHeld ? null : notTheSame(file, noted));
  }

  get isShared(): boolean {
    return this.#log.isShared;
  }

  get now(): EventLog['now'] {
    return this.#log.now;
  }

  get presence(): EventLog['presence'] {
    return this.#log.presence;
  }

  get outages(): EventLog['outages'] {
    return this.#log.outages;
  }

  get artifacts(): ArtifactExchange | null {
    return this.#log.artifacts ?? null;
  }

  head(): Promise<Seq> {
    return this.#log.head();
  }

  async append(batch: readonly EventGroup[]): Promise<readonly (Seq | 'conflict')[]> {
    const results = await this.#log.append(batch);
    this.#timer ??= setTimeout(() => void this.#note(), noteAfter).unref();
    return results;
  }

  read(after: Seq, limit?: number): Promise<StoredEvent[]> {
    return this.#log.read(after, limit);
  }

  lastLink(): Promise<ChainLink> {
    return this.#log.lastLink();
  }

  readRecords(after: Seq, limit?: number): Promise<readonly LogRecord[]> {
    return this.#log.readRecords(after, limit);
  }

  snapshotSeqs(version: number): Promise<readonly Seq[]> {
    return this.#log.snapshotSeqs(version);
  }

  snapshotText(seq: Seq, version: number): Promise<string | null> {
    return this.#log.snapshotText(seq, version);
  }

  follow(after: Seq, signal: AbortSignal, wants?: WantsEvent): AsyncIterable<readonly StoredEvent[]> {
    return this.#log.follow(after, signal, wants);
  }

  async saveSnapshot(snapshot: Snapshot): Promise<void> {
    await this.#log.saveSnapshot(snapshot);
    await this.#note();
  }

  loadSnapshot(version: number, atMost?: Seq): Promise<Snapshot | null> {
    return this.#log.loadSnapshot(version, atMost);
  }

  async close(): Promise<void> {
    await this.#note();
    await this.#log.close();
  }

  #note(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    if (this.broken) return;
    try {
      const link = await this.#log.lastLink();
      if (link.seq === 0 || link.seq === this.#noted?.seq) return;
      await writeAnchor(this.#file, link);
      this.#noted = link;
    } catch (error) {
      // The log is whole without it: only a cut at its very end would go unseen.
      this.#onFault(error);
    }
  }
}

async function holds(log: EventLog, noted: ChainLink): Promise<boolean> {
  if (noted.seq === 0) return true;
  const [record] = await log.readRecords((noted.seq - 1) as Seq, 1);
  return record?.seq === noted.seq && record.chain === noted.chain;
}

function unreadable(file: string): CoordError {
  return new CoordError(
    'DATABASE_DAMAGED',
    `${file} can’t be read, so nothing tells whether the end of the log beside it was cut off. It is left as it is, and ` +
      'the log’s end is not noted any more. Keep a copy, then remove it and start again',
    { file },
  );
}

function notTheSame(file: string, { seq }: ChainLink): CoordError {
  return new CoordError(
    'DATABASE_DAMAGED',
    `The log beside ${file} is not the one whose event ${seq} is noted there: it was cut off or rewritten. ` +
      '`agentcoord verify` says where. If you put a backup in its place yourself, remove chain.json',
    { file, seq },
  );
}
