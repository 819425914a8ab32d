/** Reads a log as somebody outside would, and holds it against what the workers wrote down for themselves. */
import type { StoredEvent } from '../../src/core/event.ts';
import type { MemberId, Seq, TaskId } from '../../src/core/ids.ts';
import type { EpochMs } from '../../src/core/units.ts';
import type { JournalEntry } from './claim-journal.ts';

interface Lease {
  readonly token: Seq;
  readonly memberId: MemberId;
  readonly until: EpochMs | null;
}

/** How a lease came to its end, by the log. */
type LeaseEnd = 'done' | 'failed' | 'expired' | 'released';

export interface Findings {
  /** What must not be, in words. */
  readonly faults: readonly string[];
  readonly claims: number;
  readonly done: number;
  /** Leases that ran out. */
  readonly expired: number;
}

export class ClaimAudit {
  readonly #faults: string[] = [];
  readonly #created = new Set<TaskId>();
  readonly #held = new Map<TaskId, Lease>();
  /** Who got each token, for what. */
  readonly #claims = new Map<Seq, { readonly taskId: TaskId; readonly memberId: MemberId }>();
  readonly #ends = new Map<Seq, LeaseEnd>();
  readonly #done = new Set<TaskId>();
  #seen = 0;

  /** Each event of the log, from the first one on. */
  see({ seq, at, event }: StoredEvent): void {
    if (seq !== this.#seen + 1) this.#faults.push(`event ${seq} follows on ${this.#seen}`);
    this.#seen = seq;
    switch (event.type) {
      case 'task.created':
        this.#created.add(event.task.id);
        return;
      case 'task.claimed':
        this.#claim(event.taskId, { token: seq, memberId: event.memberId, until: event.until });
        return;
      case 'task.lease_renewed': {
        const held = this.#held.get(event.taskId);
        if (held?.token !== event.token)
          this.#faults.push(`${event.taskId} was renewed by a lease of before`);
        else this.#held.set(event.taskId, { ...held, until: event.until });
        return;
      }
      case 'task.done':
        if (this.#done.has(event.taskId)) this.#faults.push(`${event.taskId} was done twice`);
        this.#done.add(event.taskId);
        this.#end(event.taskId, 'done', at);
        return;
      case 'task.attempt_failed':
      case 'task.failed':
        this.#end(event.taskId, event.outcome, at);
        return;
      case 'task.released':
        this.#end(event.taskId, 'released', at);
        return;
      default:
        return;
    }
  }

  /** @param acked the tasks whose creation was acked */
  close(
    acked: readonly TaskId[],
    journals: readonly (JournalEntry & { readonly memberId: MemberId })[],
  ): Findings {
    for (const id of acked) if (!this.#created.has(id)) this.#faults.push(`${id} was acked and is not there`);
    for (const id of this.#created) if (!this.#done.has(id)) this.#faults.push(`${id} was not done`);
    const granted = new Set<Seq>();
    for (const entry of journals) this.#compare(entry, granted);
    return {
      faults: this.#faults,
      claims: this.#claims.size,
      done: this.#done.size,
      expired: [...this.#ends.values()].filter((end) => end === 'expired').length,
    };
  }

  #claim(taskId: TaskId, lease: Lease): void {
    const held = this.#held.get(taskId);
    if (held) this.#faults.push(`${taskId} was claimed with ${lease.token} and ${held.token} at once`);
    this.#held.set(taskId, lease);
    this.#claims.set(lease.token, { taskId, memberId: lease.memberId });
  }

  #end(taskId: TaskId, how: LeaseEnd, at: EpochMs): void {
    const held = this.#held.get(taskId);
    if (!held) return void this.#faults.push(`${taskId} was ${how}, and nobody held it`);
    if (how === 'expired' && held.until !== null && at < held.until)
      this.#faults.push(`${taskId} was taken from its holder ${held.until - at} ms too early`);
    this.#held.delete(taskId);
    this.#ends.set(held.token, how);
  }

  #compare(
    { what, task, token, memberId, member }: JournalEntry & { memberId: MemberId; member?: string },
    granted: Set<Seq>,
  ): void {
    const claim = this.#claims.get(token);
    const words = `${member ?? memberId} wrote that it ${what} ${task} with ${token}`;
    if (claim?.taskId !== task || claim.memberId !== memberId)
      return void this.#faults.push(`${words}, and the log says otherwise`);
    const end = this.#ends.get(token);
    switch (what) {
      case 'claimed':
        if (granted.has(token)) this.#faults.push(`${words}, as did another process`);
        granted.add(token);
        return;
      case 'completed':
        if (end !== 'done') this.#faults.push(`${words}, and the log has it ${end ?? 'held'}`);
        return;
      case 'failed':
        if (end !== 'failed') this.#faults.push(`${words}, and the log has it ${end ?? 'held'}`);
        return;
      case 'lost':
        if (end === 'done') this.#faults.push(`${words}, and the log has it done`);
        return;
    }
  }
}
