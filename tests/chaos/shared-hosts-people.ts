/** The people at a host among several: they found the company, create as many tasks as keep the workers busy, and change their minds. */
import { setTimeout as delay } from 'node:timers/promises';
import type { CompanyCoordinator } from '../../src/coordinator/company-coordinator.ts';
import { realWorld } from '../../src/coordinator/world.ts';
import type { Actor } from '../../src/core/context.ts';
import type { HostId, MemberId } from '../../src/core/ids.ts';
import { isProvisional } from '../../src/core/provisional.ts';
import type { CompanyState } from '../../src/core/state.ts';
import type { Task } from '../../src/core/task/task.ts';
import type { Journal } from './shared-hosts-journal.ts';
import { hasCode } from './shared-hosts-worker.ts';

/** In so many rounds one task is cancelled, 0 to 1. */
const cancelling = 0.1;

export async function foundCompany(
  coordinator: CompanyCoordinator,
  workers: readonly string[],
): Promise<void> {
  const members = workers.map((name) => ({ name, role: 'engineer' }));
  const departments = [{ name: 'engineering', teams: [{ name: 'builders', members }] }];
  const policy = {
    ...{ lease: '4s', retry_base: '0.1s', max_attempts: 20, loop_after: 20, hung_after: '1h' },
    // Short enough that a host gives up, and is given up, within the time of a test.
    ...{ host_lost_after: '10s', heartbeat: '2s' },
  };
  const file = { name: 'Shared', policy, departments };
  await coordinator.execute({ kind: 'host' }, { type: 'company.create', file, workflows: [] });
}

export function memberNamed(coordinator: CompanyCoordinator, name: string): Promise<MemberId> {
  return coordinator.read(({ index }) => {
    const [member] = index.membersByName.get(name);
    if (!member) throw new Error(`there is no ${name}`);
    return member.id;
  });
}

/** Those that are neither done nor cancelled. */
export function openTasks({ tasks }: CompanyState): Task[] {
  return [...tasks.values()].filter(({ state }) => state !== 'done' && state !== 'cancelled');
}

export interface PeopleParts {
  readonly coordinator: CompanyCoordinator;
  readonly host: HostId;
  /** In whose name. */
  readonly owner: MemberId;
  readonly journal: Journal;
  readonly random: () => number;
  /** How many tasks of the host wait, about. */
  readonly backlog: number;
}

export class People {
  readonly #parts: PeopleParts;
  readonly #actor: Actor;
  /** The creations that were acknowledged. */
  created = 0;

  constructor(parts: PeopleParts) {
    this.#parts = parts;
    this.#actor = { kind: 'member', memberId: parts.owner };
  }

  async direct(enough: AbortSignal): Promise<void> {
    const { coordinator, host, random, backlog } = this.#parts;
    while (!enough.aborted) {
      const own = await coordinator.read((state) => openTasks(state).filter(({ home }) => home === host));
      // Now and then there is less than the workers could do: they look for those of other hosts.
      const wanted = Math.floor(random() * backlog) - own.length;
      await Promise.all(Array.from({ length: Math.max(0, wanted) }, () => this.#create()));
      if (random() < cancelling) await this.#cancel();
      await delay(20 + random() * 80);
    }
  }

  async #create(): Promise<void> {
    const { coordinator, journal } = this.#parts;
    const title = `Do ${realWorld.newId('task')}`;
    try {
      const { seq, events } = await coordinator.execute(this.#actor, { type: 'task.create', title });
      const [first] = events;
      if (first?.event.type !== 'task.created') throw new Error('no task was created');
      journal.write({ what: 'created', task: first.event.task.id, title }, isProvisional(seq));
      this.created += 1;
    } catch (error) {
      if (!hasCode(error, 'LOG_UNAVAILABLE')) throw error;
    }
  }

  /** Any task of any host, also one that somebody works on where this host does not see it. */
  async #cancel(): Promise<void> {
    const { coordinator, journal, random } = this.#parts;
    const open = await coordinator.read((state) => openTasks(state).map(({ id }) => id));
    const task = open[Math.floor(random() * open.length)];
    if (!task) return;
    try {
      const command = { type: 'task.cancel', taskId: task, reason: 'not needed any more' } as const;
      const { seq } = await coordinator.execute(this.#actor, command);
      journal.write({ what: 'cancelled', task }, isProvisional(seq));
    } catch (error) {
      if (!hasCode(error, 'LOG_UNAVAILABLE', 'WRONG_STATE')) throw error;
    }
  }
}
