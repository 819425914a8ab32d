/** A worker of a host among several: claims, works, hands in, and writes down each answer before it goes on. */
import { setTimeout as delay } from 'node:timers/promises';
import type { CompanyCoordinator } from '../../src/coordinator/company-coordinator.ts';
import { realWorld } from '../../src/coordinator/world.ts';
import type { CommandInput } from '../../src/core/command.ts';
import { CoordError } from '../../src/core/error.ts';
import type { MemberId, Seq, TaskId, WorkerId } from '../../src/core/ids.ts';
import { isProvisional } from '../../src/core/provisional.ts';
import { leaseEndedBy } from '../../src/core/task/lease-end.ts';
import type { Journal } from './shared-hosts-journal.ts';

export interface Habits {
  /** The longest that it works on a task, in ms. */
  readonly work: number;
  /** How many of the tasks it gives back, 0 to 1, and how many it leaves without a word. */
  readonly releasing: number;
  readonly leaving: number;
}

export interface WorkerParts {
  readonly coordinator: CompanyCoordinator;
  readonly memberId: MemberId;
  readonly journal: Journal;
  readonly habits: Habits;
  readonly random: () => number;
}

interface Held {
  readonly taskId: TaskId;
  readonly token: Seq;
}

const betweenTries = 50;

export class SharedWorker {
  readonly #parts: WorkerParts;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
  }

  /** Until it is told to finish. @throws what is no refusal that a worker must expect */
  async work(finish: AbortSignal): Promise<void> {
    while (!finish.aborted) {
      try {
        const workerId = await this.#start();
        await this.#workAs(workerId, finish);
        const end = { type: 'worker.end', workerId, outcome: 'stopped', reason: 'the test is over' } as const;
        await this.#parts.coordinator.execute({ kind: 'host' }, end);
      } catch (error) {
        // Its host has ended it, or what it did alone did not fit any more: it begins anew.
        if (!hasCode(error, 'WRONG_STATE', 'NOT_FOUND', 'AGENT_BUSY', 'LOG_UNAVAILABLE')) throw error;
        await delay(betweenTries);
      }
    }
  }

  async #start(): Promise<WorkerId> {
    const { coordinator, memberId } = this.#parts;
    const workerId = realWorld.newId('worker');
    const start = { type: 'worker.start', workerId, memberId, launcher: 'chaos', runner: 'script' } as const;
    await coordinator.execute({ kind: 'host' }, start);
    await this.#execute({ type: 'worker.report_ready', workerId, pid: process.pid });
    return workerId;
  }

  async #workAs(workerId: WorkerId, finish: AbortSignal): Promise<void> {
    const { memberId, journal, random } = this.#parts;
    while (!finish.aborted) {
      const held = await this.#claim(workerId);
      if (!held) {
        await delay(betweenTries * (0.5 + random()));
        continue;
      }
      const { taskId: task, token } = held;
      journal.write({ what: 'claimed', task, token, member: memberId }, isProvisional(token));
      await this.#workOn(held);
    }
  }

  async #claim(workerId: WorkerId): Promise<Held | null> {
    try {
      const { events } = await this.#execute({ type: 'task.claim', workerId });
      const claimed = events.find(({ event }) => event.type === 'task.claimed');
      if (claimed?.event.type !== 'task.claimed') return null;
      return { taskId: claimed.event.taskId, token: claimed.seq };
    } catch (error) {
      // A claim of which it knows nothing stands in the log; it is given back for it.
      if (hasCode(error, 'AGENT_BUSY', 'LOG_UNAVAILABLE')) return null;
      throw error;
    }
  }

  async #workOn(held: Held): Promise<void> {
    const { habits, random, journal } = this.#parts;
    const { taskId: task, token } = held;
    const dice = random();
    const duration = random() * habits.work;
    const lost = this.#lost(held);
    try {
      if (dice < habits.leaving) {
        journal.write({ what: 'left', task, token });
        await lost.isSo;
        return;
      }
      await Promise.race([delay(duration), lost.isSo]);
      if (lost.signal.aborted) return journal.write({ what: 'lost', task, token });
      journal.write({ what: 'handing', task, token });
      await this.#handIn(held, dice < habits.leaving + habits.releasing);
    } finally {
      lost.forget();
    }
  }

  async #handIn(held: Held, isGivenBack: boolean): Promise<void> {
    const { journal } = this.#parts;
    const { taskId: task, token } = held;
    const text = `the result of ${task} under ${token}`;
    const hash = realWorld.sha256(text);
    const command: CommandInput = isGivenBack
      ? { type: 'task.release', ...held, reason: 'it is not for me' }
      : { type: 'task.complete', ...held, artifacts: [{ hash, path: 'result.md', bytes: text.length }] };
    for (;;) {
      try {
        const { seq } = await this.#execute(command);
        const isAlone = isProvisional(seq);
        if (isGivenBack) journal.write({ what: 'released', task, token }, isAlone);
        else journal.write({ what: 'completed', task, token, hash }, isAlone);
        return;
      } catch (error) {
        if (hasCode(error, 'LEASE_LOST')) return journal.write({ what: 'lost', task, token });
        if (!hasCode(error, 'LOG_UNAVAILABLE')) throw error;
        await delay(betweenTries);
      }
    }
  }

  /** Whether somebody else may have the task. */
  #lost({ taskId, token }: Held) {
    const { coordinator } = this.#parts;
    const lost = new AbortController();
    const isSo = new Promise<void>((resolve) => {
      lost.signal.addEventListener('abort', () => resolve());
    });
    const look = async () => {
      // After an outage it is told once more of what was before its claim.
      const current = await coordinator.read(({ tasks }) => tasks.get(taskId)?.lease?.token);
      if (current !== token) lost.abort();
    };
    const forget = coordinator.onCommit((events) => {
      if (events.some(({ event }) => leaseEndedBy(event) === taskId)) void look();
    });
    return { signal: lost.signal, isSo, forget };
  }

  #execute(command: CommandInput) {
    const { coordinator, memberId } = this.#parts;
    return coordinator.execute({ kind: 'member', memberId }, command);
  }
}

export function hasCode(error: unknown, ...codes: readonly CoordError['code'][]): error is CoordError {
  return error instanceof CoordError && codes.includes(error.code);
}
