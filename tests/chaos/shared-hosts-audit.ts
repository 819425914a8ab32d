/** Holds the log that several hosts ended with against what their workers and people wrote down for themselves. */
import type { KeptCommand } from '../../src/core/conflict/conflict.ts';
import type { StoredEvent } from '../../src/core/event.ts';
import type { ArtifactHash, MemberId, Seq, TaskId, WorkerId } from '../../src/core/ids.ts';
import { leaseEndedBy } from '../../src/core/task/lease-end.ts';
import type { RunEntry } from './shared-hosts-journal.ts';

/** What did not fit any more after an outage: the command, and the tokens that it had given. */
interface KeptConflict {
  readonly command: KeptCommand;
  readonly tokens: readonly Seq[];
}

export interface SharedFindings {
  /** What must not be, in words. */
  readonly faults: readonly string[];
  readonly created: number;
  readonly done: number;
  readonly cancelled: number;
  /** Claims that stand in the log. */
  readonly claims: number;
  /** Claims of tasks that are at home at another host. */
  readonly claimsElsewhere: number;
  /** Claims and completions that were acknowledged while Redis was away. */
  readonly claimedAlone: number;
  readonly completedAlone: number;
  readonly expired: number;
  /** By what was asked, and the code of the refusal. */
  readonly conflicts: Readonly<Record<string, number>>;
  readonly hostsLost: number;
}

export class SharedAudit {
  readonly #faults: string[] = [];
  /** What the log says of each task, in short. */
  readonly #stories = new Map<string, string[]>();
  readonly #titles = new Map<TaskId, string>();
  readonly #homes = new Map<TaskId, string | null>();
  readonly #workersAt = new Map<WorkerId | null, string | null>();
  readonly #cancelled = new Set<TaskId>();
  readonly #done = new Map<TaskId, ArtifactHash | null>();
  readonly #held = new Map<TaskId, string>();
  /** By task and token. */
  readonly #claims = new Map<string, MemberId>();
  readonly #released = new Set<string>();
  readonly #conflicts = new Map<string, KeptConflict[]>();
  #seen = 0;
  #claimsElsewhere = 0;
  #expired = 0;
  readonly #conflictKinds = new Map<string, number>();
  #hostsLost = 0;

  /** Each event of the log, from the first one on. */
  see(stored: StoredEvent): void {
    const { seq, event } = stored;
    if (seq !== this.#seen + 1) this.#faults.push(`event ${seq} follows on ${this.#seen}`);
    this.#seen = seq;
    if ('taskId' in event && event.taskId !== null) {
      const { actor, at } = stored;
      const story = this.#stories.get(event.taskId) ?? [];
      this.#stories.set(event.taskId, [
        ...story,
        `${seq} at ${at} by ${actor ?? 'host'}: ${JSON.stringify(event)}`,
      ]);
    }
    const ended = leaseEndedBy(event);
    const held = ended && this.#held.get(ended);
    if (ended) this.#held.delete(ended);
    switch (event.type) {
      case 'task.created':
        this.#titles.set(event.task.id, event.task.title);
        this.#homes.set(event.task.id, event.home);
        return;
      case 'task.cancelled':
        this.#cancelled.add(event.taskId);
        return;
      case 'task.claimed': {
        const { taskId, token = seq, memberId, workerId } = event;
        const before = this.#held.get(taskId);
        if (before) this.#faults.push(`event ${seq} claims ${taskId} while ${before} is held`);
        this.#held.set(taskId, keyOf(taskId, token));
        this.#claims.set(keyOf(taskId, token), memberId);
        if (this.#workersAt.get(workerId) !== this.#homes.get(taskId)) this.#claimsElsewhere += 1;
        return;
      }
      case 'task.released':
        if (held) this.#released.add(held);
        return;
      case 'task.attempt_failed':
        if (event.outcome === 'expired') this.#expired += 1;
        return;
      case 'task.done':
        if (this.#done.has(event.taskId)) this.#faults.push(`event ${seq} ends ${event.taskId} once more`);
        if (!held) this.#faults.push(`event ${seq} ends ${event.taskId}, which nobody held`);
        this.#done.set(event.taskId, event.submission?.hash ?? null);
        return;
      case 'worker.started':
        this.#workersAt.set(event.worker.id, event.worker.hostId);
        return;
      case 'host.lost':
        this.#hostsLost += 1;
        return;
      case 'conflict.recorded': {
        const { command, events, refusal } = event.conflict;
        const tokens = events.flatMap((one) => (one.event.type === 'task.claimed' ? [one.seq] : []));
        const about = `${command.type} ${String(command['taskId'])}`;
        // Whoever took the best task there was did not name it.
        const claimed = events.flatMap((one) => ('taskId' in one.event ? [String(one.event.taskId)] : []));
        const key = command.type === 'task.claim' ? `task.claim ${claimed[0]}` : about;
        this.#conflicts.set(key, [...(this.#conflicts.get(key) ?? []), { command, tokens }]);
        const kind = `${command.type} ${refusal.code}`;
        this.#conflictKinds.set(kind, (this.#conflictKinds.get(kind) ?? 0) + 1);
        return;
      }
      default:
        return;
    }
  }

  /** @param deaths when each run was killed, by its name */
  close(entries: readonly RunEntry[], deaths: ReadonlyMap<string, number>): SharedFindings {
    for (const entry of entries) this.#compare(entry);
    this.#faults.push(...overlaps(entries, deaths));
    for (const id of this.#titles.keys()) {
      if (!this.#done.has(id) && !this.#cancelled.has(id)) this.#faults.push(`${id} was left undone`);
    }
    const alone = (what: RunEntry['what']) =>
      entries.filter((entry) => entry.what === what && entry.alone).length;
    return {
      faults: this.#faults,
      created: this.#titles.size,
      done: this.#done.size,
      cancelled: this.#cancelled.size,
      claims: this.#claims.size,
      claimsElsewhere: this.#claimsElsewhere,
      claimedAlone: alone('claimed'),
      completedAlone: alone('completed'),
      expired: this.#expired,
      conflicts: Object.fromEntries(this.#conflictKinds),
      hostsLost: this.#hostsLost,
    };
  }

  /** What the log says of the tasks that something is said of. */
  about(faults: readonly string[]): string[] {
    const named = new Set(faults.flatMap((fault) => fault.match(/\btask_\w+/g) ?? []));
    return [...named].flatMap((task) => [`${task}:`, ...(this.#stories.get(task) ?? [])]);
  }

  #compare(entry: RunEntry): void {
    const { what, task } = entry;
    const isRight = () => {
      switch (entry.what) {
        case 'created':
          return this.#titles.get(task) === entry.title;
        case 'cancelled':
          return this.#cancelled.has(task) || this.#conflictsOf('task.cancel', task).length > 0;
        case 'claimed':
          return (
            this.#claims.get(keyOf(task, entry.token)) === entry.member ||
            this.#conflictsOf('task.claim', task).some(({ tokens }) => tokens.includes(entry.token))
          );
        case 'released':
          return (
            this.#released.has(keyOf(task, entry.token)) ||
            this.#conflictsOf('task.release', task).some(({ command }) => command['token'] === entry.token)
          );
        case 'completed':
          return (
            this.#done.get(task) === entry.hash ||
            this.#conflictsOf('task.complete', task).some(({ command }) =>
              JSON.stringify(command['artifacts']).includes(entry.hash),
            )
          );
        case 'handing':
        case 'left':
        case 'lost':
          return true;
      }
    };
    if (!isRight()) {
      const token = 'token' in entry ? ` under ${entry.token}` : '';
      this.#faults.push(
        `${entry.run} was told that ${task} is ${what}${token}, and neither log nor conflict says so`,
      );
    }
  }

  #conflictsOf(type: string, task: TaskId): readonly KeptConflict[] {
    return this.#conflicts.get(`${type} ${task}`) ?? [];
  }
}

function keyOf(task: TaskId, token: Seq): string {
  return `${task} under ${token}`;
}

/** Work on a task, from the moment at which its claim was acknowledged. */
interface Stint {
  readonly entry: RunEntry;
  readonly end: number;
}

/** Whoever was told that it has a task has it alone, until it stops working: it says so, is told so, or dies. */
function overlaps(entries: readonly RunEntry[], deaths: ReadonlyMap<string, number>): string[] {
  const ends = new Map<string, number>();
  for (const entry of entries) {
    const isEnd = entry.what === 'handing' || entry.what === 'left' || entry.what === 'lost';
    if (!isEnd) continue;
    const key = keyOf(entry.task, entry.token);
    ends.set(key, Math.min(ends.get(key) ?? Number.POSITIVE_INFINITY, entry.t));
  }
  const stints = new Map<TaskId, Stint[]>();
  for (const entry of entries) {
    if (entry.what !== 'claimed') continue;
    const killedAt = deaths.get(entry.run) ?? Number.POSITIVE_INFINITY;
    const end = ends.get(keyOf(entry.task, entry.token)) ?? killedAt;
    stints.set(entry.task, [...(stints.get(entry.task) ?? []), { entry, end }]);
  }
  return [...stints].flatMap(([task, all]) => {
    const inOrder = all.toSorted((a, b) => a.entry.t - b.entry.t);
    return inOrder.flatMap((stint, place) => {
      const next = inOrder[place + 1];
      const [one, other] = [wordsOf(stint), next && wordsOf(next)];
      if (stint.end === Number.POSITIVE_INFINITY) return [`${task} was never given up by ${one}`];
      if (!next || next.entry.t >= stint.end) return [];
      const both = Math.round(stint.end - next.entry.t);
      return [`${task} was worked on by ${one} and by ${other} at once, for ${both} ms`];
    });
  });
}

function wordsOf({ entry }: Stint): string {
  if (entry.what !== 'claimed') throw new Error('a stint begins with a claim');
  return `${entry.member} of ${entry.run} (token ${entry.token}, ${Math.round(entry.t)})`;
}
