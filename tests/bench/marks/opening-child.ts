/** Opens a company's log in a fresh process, as a start of the host does, and says how long that took. */
import { createHash } from 'node:crypto';
import { CompanyCoordinator } from '../../../src/coordinator/company-coordinator.ts';
import type { Seq } from '../../../src/core/ids.ts';
import { dumpState } from '../../../src/core/state.ts';
import { openSqliteEventLog } from '../../../src/log/sqlite/sqlite-event-log.ts';
import { monotonicMs } from '../clock.ts';
import { takeOrders } from '../crew.ts';

export interface OpeningOrder {
  readonly file: string;
}

export interface Opening {
  readonly ms: number;
  readonly seq: Seq;
  /** SHA-256 of the state's snapshot. */
  readonly hash: string;
}

takeOrders<OpeningOrder, Opening>(
  async ({ file }) => {
    const start = monotonicMs();
    const coordinator = await CompanyCoordinator.open({ log: openSqliteEventLog(file) });
    const seq = await coordinator.read((state) => state.seq);
    const ms = monotonicMs() - start;
    const snapshot = await coordinator.read(dumpState);
    await coordinator.close();
    return { ms, seq, hash: createHash('sha256').update(JSON.stringify(snapshot)).digest('hex') };
  },
  async () => undefined,
);
