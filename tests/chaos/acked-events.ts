/** What clients were told is done: every event of it must stand in the log ever after, as it was told. */
import type { Receipt } from '../../src/contract/rpc.ts';

export class AckedEvents {
  readonly #textBySeq = new Map<number, string>();
  #commands = 0;

  get commands(): number {
    return this.#commands;
  }

  note({ events }: Receipt): void {
    this.#commands += 1;
    for (const { seq, event } of events) this.#textBySeq.set(seq, JSON.stringify(event));
  }

  /** @param logged each event of a log, in JSON, by its `seq` @returns those that are not there or not the same */
  lostFrom(logged: ReadonlyMap<number, string>): readonly number[] {
    return [...this.#textBySeq].filter(([seq, text]) => logged.get(seq) !== text).map(([seq]) => seq);
  }
}
