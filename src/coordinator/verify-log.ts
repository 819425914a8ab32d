/** Walks a whole log along its hash chain, and holds its snapshots against its events: finds the first fault there is. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  ChainFault,
  ChainFaultKind,
  ChainLink,
  ChainVerdict,
  LogRecord,
  RecordSource,
  Unchecked,
} from '../contract/hash-chain.ts';
import { firstLink, linkText } from '../contract/hash-chain.ts';
import { CoordError } from '../core/error.ts';
import type { Seq } from '../core/ids.ts';
import type { Anchor } from './chain-anchor.ts';
import { SnapshotCheck } from './snapshot-check.ts';
import { sha256 } from './world.ts';

/** About five milliseconds' work, with the fold. */
const pageSize = 250;

/** What somebody noted of the log at an earlier time, and where. */
export interface NotedLink extends ChainLink {
  /** As in `chain.json says otherwise`. */
  readonly where: string;
}

export interface VerifyOptions {
  /** Must have been read before the walk begins, so that a log that grows meanwhile is never behind it. */
  readonly anchor: Anchor;
  /** Links that were noted elsewhere. */
  readonly noted?: readonly NotedLink[];
  readonly signal?: AbortSignal;
  /** Is told, page by page, up to which event everything was in order. */
  readonly onWalked?: (seq: Seq) => void;
}

/** Lets others have their turn between pages; an event that is appended meanwhile is looked at too. */
export async function verifyLog(
  source: RecordSource,
  { anchor, noted = [], signal, onWalked }: VerifyOptions,
): Promise<ChainVerdict> {
  const readable = anchor === 'unreadable' ? null : anchor;
  const walk = new ChainWalk([...(readable ? [{ ...readable, where: 'chain.json' }] : []), ...noted]);
  const snapshots = await SnapshotCheck.open(source);
  let fault: ChainFault | null = null;
  // What was put in before the first event would not be seen from 0 on.
  let after = Number.MIN_SAFE_INTEGER as Seq;
  for (;;) {
    signal?.throwIfAborted();
    const page = await readPage(source, after, walk.head);
    if ('fault' in page) fault = page.fault;
    else {
      fault = walk.take(page.records);
      await snapshots.take(page.records, walk.head.seq);
    }
    const last = 'records' in page ? page.records.at(-1) : undefined;
    if (fault !== null || last === undefined) break;
    after = last.seq as Seq;
    onWalked?.(after);
    await nextTurn();
  }
  const { head } = walk;
  fault ??=
    walk.end() ?? snapshots.fault(head.seq) ?? (anchor === 'unreadable' ? unreadableAnchor(head) : null);
  return {
    ok: fault === null,
    events: head.seq,
    head,
    anchor: readable,
    snapshots: snapshots.sound,
    unchecked: [...(anchor === null && noted.length === 0 ? unknownEnd(head) : []), ...snapshots.unchecked()],
    fault,
  };
}

/** Nothing can have been cut off an empty log that anybody would miss. */
function unknownEnd({ seq }: ChainLink): Unchecked[] {
  if (seq === 0) return [];
  const why =
    'The end can’t be checked: there is no chain.json beside the log, so events that were cut off after ' +
    `event ${seq} are not missed. A host notes it anew; a head that was kept elsewhere tells (--head).`;
  return [{ what: 'end', why }];
}

function unreadableAnchor({ seq }: ChainLink): ChainFault {
  return faultAt(
    seq,
    'anchor',
    `chain.json beside the log can’t be read, so what was cut off after event ${seq} is not missed. It is written ` +
      'whole or not at all: somebody was at it, or the disk is damaged. Keep a copy, then remove it: a host notes it anew.',
  );
}

async function readPage(
  source: RecordSource,
  after: Seq,
  { seq }: ChainLink,
): Promise<{ records: readonly LogRecord[] } | { fault: ChainFault }> {
  try {
    return { records: await source.readRecords(after, pageSize) };
  } catch (error) {
    if (!(error instanceof CoordError) || error.code !== 'DATABASE_DAMAGED') throw error;
    return { fault: faultAt(seq + 1, 'unreadable', error.message) };
  }
}

class ChainWalk {
  readonly #noted: readonly NotedLink[];
  #head: ChainLink = { seq: 0 as Seq, chain: firstLink };
  /** The record that comes before the page; kept until the one after it tells what is wrong with it. */
  #suspect: LogRecord | null = null;

  constructor(noted: readonly NotedLink[]) {
    this.#noted = noted;
  }

  /** The last link that is in order. */
  get head(): ChainLink {
    return this.#head;
  }

  take(records: readonly LogRecord[]): ChainFault | null {
    for (const record of records) {
      const fault = this.#suspect ? this.#judge(this.#suspect, record) : this.#step(record);
      if (fault) return fault;
    }
    return null;
  }

  /** What only the end tells. */
  end(): ChainFault | null {
    if (this.#suspect) return changed(this.#suspect);
    const { seq } = this.#head;
    const beyond = this.#noted.find((link) => link.seq > seq);
    if (!beyond) return null;
    return faultAt(
      seq + 1,
      'cut_off',
      `The log ends at event ${seq}, but ${beyond.where} knows event ${beyond.seq}: what came after was cut off.`,
    );
  }

  #step(record: LogRecord): ChainFault | null {
    const seq = this.#head.seq + 1;
    if (record.seq < seq)
      return faultAt(record.seq, 'misplaced', `Event ${record.seq} was put in before the first.`);
    if (record.seq > seq) return gap(seq, record.seq - 1);
    const chain = sha256(linkText(this.#head.chain, record));
    if (record.chain !== chain) {
      this.#suspect = record;
      return null;
    }
    if (!isFiledRight(record)) {
      return faultAt(seq, 'changed', `Event ${seq} is filed as “${record.type}”, but it is another one.`);
    }
    this.#head = { seq: seq as Seq, chain };
    const other = this.#noted.find((link) => link.seq === seq && link.chain !== chain);
    if (!other) return null;
    return faultAt(
      seq,
      'rewritten',
      `The chain fits in itself up to event ${seq}, but ${other.where} has another link for it: ` +
        'this event or earlier ones were written anew.',
    );
  }

  /** When the next event follows on its link, only the event itself was touched. */
  #judge(suspect: LogRecord, next: LogRecord): ChainFault {
    const follows = (chain: string) =>
      next.seq === suspect.seq + 1 && next.chain === sha256(linkText(chain, next));
    const isAlone = follows(suspect.chain ?? '') || follows(sha256(linkText(this.#head.chain, suspect)));
    if (isAlone) return changed(suspect);
    return faultAt(
      suspect.seq,
      'misplaced',
      `Event ${suspect.seq} does not follow on the one before it, nor the next one on it: ` +
        'events were put in, taken out, moved or written anew from here on.',
    );
  }
}

function changed({ seq, chain }: LogRecord): ChainFault {
  const why =
    chain === null
      ? `Event ${seq} has no link: it was put in, or its link was taken out.`
      : `Event ${seq} is not what was written: its link does not fit it.`;
  return faultAt(seq, 'changed', why);
}

function gap(first: number, last: number): ChainFault {
  const events = first === last ? `Event ${first} is` : `Events ${first} to ${last} are`;
  return faultAt(first, 'missing', `${events} missing.`);
}

function faultAt(seq: number, kind: ChainFaultKind, why: string): ChainFault {
  return { seq: seq as Seq, kind, why };
}

/** The type stands beside the event, too, where the chain does not reach. */
function isFiledRight({ type, data }: LogRecord): boolean {
  if (data.startsWith(`{"type":${JSON.stringify(type)}`)) return true;
  try {
    return (JSON.parse(data) as { type?: unknown }).type === type;
  } catch {
    return false;
  }
}
