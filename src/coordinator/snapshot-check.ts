/** Holds the kept snapshots of a log against what its events give: a start trusts the newest one without asking. */
import type { ChainFault, LogRecord, RecordSource, Unchecked } from '../contract/hash-chain.ts';
import { CoordError } from '../core/error.ts';
import type { MemberId, Seq } from '../core/ids.ts';
import { parseEvent } from '../core/parse-event.ts';
import type { CompanyState } from '../core/state.ts';
import { dumpState, emptyState } from '../core/state.ts';
import type { EpochMs } from '../core/units.ts';
import { fold, stateVersion } from './open-state.ts';
import { firstDifference } from './state-in-text.ts';

/** Folds only as far as there are snapshots; takes no more memory than one state and its text. */
export class SnapshotCheck {
  readonly #source: RecordSource;
  readonly #state: CompanyState = emptyState();
  readonly #differing: { readonly seq: Seq; readonly where: string }[] = [];
  #left: readonly Seq[];
  #sound = 0;
  /** Why the fold could not go on; null while it can. */
  #stuck: string | null = null;

  private constructor(source: RecordSource, left: readonly Seq[]) {
    this.#source = source;
    this.#left = left;
  }

  /** Those that are saved later are not looked at. A store that can't list them can't be read for its events, either. */
  static async open(source: RecordSource): Promise<SnapshotCheck> {
    return new SnapshotCheck(source, await source.snapshotSeqs(stateVersion).catch(() => []));
  }

  /** How many are what the events give. */
  get sound(): number {
    return this.#sound;
  }

  /** @param last up to which the records are in order */
  async take(records: readonly LogRecord[], last: Seq): Promise<void> {
    for (const record of records) {
      if (this.#left.length === 0 || this.#stuck !== null || record.seq > last) return;
      this.#fold(record);
      if (this.#state.seq === this.#left[0]) await this.#compare(this.#state.seq);
    }
  }

  /** What is wrong with them, when all events up to `last` are in order. */
  fault(last: Seq): ChainFault | null {
    const beyond = this.#left.find((seq) => seq > last);
    const [first] = this.#differing;
    if (first) {
      const others = this.#differing.slice(1).map(({ seq }) => seq);
      const which = others.length === 0 ? '' : ` So are those at ${others.join(', ')}.`;
      return faultAt(first.seq, `is not what the events up to it give: ${first.where} differ.${which}`);
    }
    if (beyond === undefined || this.#stuck !== null) return null;
    return faultAt(beyond, `is of a longer log than this one, which ends at event ${last}.`);
  }

  unchecked(): Unchecked[] {
    if (this.#stuck === null || this.#left.length === 0) return [];
    const why = `The snapshots after event ${this.#state.seq} can’t be checked: ${this.#stuck}.`;
    return [{ what: 'snapshots', why }];
  }

  #fold({ seq, at, actor, version, data }: LogRecord): void {
    try {
      fold(this.#state, {
        seq: seq as Seq,
        at: at as EpochMs,
        actor: actor as MemberId | null,
        version,
        event: parseEvent(data, version),
      });
    } catch (error) {
      this.#stuck = error instanceof CoordError ? error.message : `event ${seq} can’t be read`;
    }
  }

  async #compare(seq: Seq): Promise<void> {
    this.#left = this.#left.slice(1);
    const kept = await this.#source.snapshotText(seq, stateVersion);
    // The host has forgotten it meanwhile.
    if (kept === null) return;
    const where = await firstDifference(kept, dumpState(this.#state));
    if (where === null) this.#sound += 1;
    else this.#differing.push({ seq, where });
  }
}

function faultAt(seq: Seq, what: string): ChainFault {
  const remedy =
    'The host would start from it. The events hold the truth: stop the host, keep a copy of log.sqlite, and remove its ' +
    'snapshots (sqlite3 log.sqlite "DELETE FROM snapshots"); the next start folds the events.';
  return { seq, kind: 'snapshot', why: `The snapshot at event ${seq} ${what} ${remedy}` };
}
