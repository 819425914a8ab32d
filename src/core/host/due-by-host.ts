/** Rows by an instant of theirs and by the host that acts on it: no host is woken by what is another's to do. */
import { DueIndex } from '../due-index.ts';
import type { HostId } from '../ids.ts';
import type { Index } from '../table.ts';
import type { EpochMs } from '../units.ts';
import type { IsOurs } from './host.ts';

export class DueByHost<Row extends { readonly id: string }> implements Index<Row> {
  readonly #hostOf: (row: Row) => HostId | null;
  readonly #dueAt: (row: Row) => EpochMs | null;
  readonly #byHost = new Map<HostId | null, DueIndex<Row>>();

  /** @param hostOf null: of no host in particular, so any may act on it */
  constructor(hostOf: (row: Row) => HostId | null, dueAt: (row: Row) => EpochMs | null) {
    this.#hostOf = hostOf;
    this.#dueAt = dueAt;
  }

  /** When the first of our rows comes due; null: never. */
  next(isOurs: IsOurs): EpochMs | null {
    let first: EpochMs | null = null;
    for (const [host, rows] of this.#byHost) {
      const at = rows.next();
      if (at !== null && (first === null || at < first) && isOurs(host)) first = at;
    }
    return first;
  }

  /** Those of our rows that are due by then: host by host, so that equal states list them alike, the earliest first. */
  until(now: EpochMs, isOurs: IsOurs): Row[] {
    const hosts = [...this.#byHost.keys()].filter(isOurs);
    hosts.sort((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1));
    return hosts.flatMap((host) => this.#byHost.get(host)?.until(now) ?? []);
  }

  add(row: Row): void {
    const host = this.#hostOf(row);
    let rows = this.#byHost.get(host);
    if (!rows) {
      rows = new DueIndex(this.#dueAt);
      this.#byHost.set(host, rows);
    }
    rows.add(row);
  }

  remove(row: Row): void {
    this.#byHost.get(this.#hostOf(row))?.remove(row);
  }
}
