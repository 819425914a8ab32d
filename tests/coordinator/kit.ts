/** A small company with its coordinator, for the tests of the coordinator; time passes only when a test says so. */
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { EventLog } from '../../src/contract/event-log.ts';
import type { CompanyDraft, WorkflowFileInput } from '../../src/contract/templates.ts';
import type { CoordinatorOptions } from '../../src/coordinator/company-coordinator.ts';
import { CompanyCoordinator } from '../../src/coordinator/company-coordinator.ts';
import type { World } from '../../src/coordinator/world.ts';
import { realWorld } from '../../src/coordinator/world.ts';
import type { CommandInput } from '../../src/core/command.ts';
import type { Actor } from '../../src/core/context.ts';
import type { StoredEvent } from '../../src/core/event.ts';
import { evolve } from '../../src/core/evolve.ts';
import type { ArtifactHash, MemberId, Seq, TaskId, WorkerId } from '../../src/core/ids.ts';
import type { StateSnapshot } from '../../src/core/state.ts';
import { dumpState, emptyState } from '../../src/core/state.ts';
import type { EpochMs } from '../../src/core/units.ts';
import { openSqliteEventLog } from '../../src/log/sqlite/sqlite-event-log.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export const host: Actor = { kind: 'host' };

const workflow: WorkflowFileInput = {
  name: 'small',
  steps: [
    {
      id: 1,
      title: 'Build it',
      role: 'engineer',
      gates: [
        {
          name: 'review',
          position: 'after',
          requires: { em: 1, qa_lead: 1 },
          human_required: true,
        },
      ],
    },
    { id: 2, title: 'Ship it', role: 'sre', depends_on: [1] },
  ],
};

/** Ada and Bo build, Eve manages, Quinn leads QA, Sam ships; all agents. Workflow `small`: build, review, ship. */
export const smallCompany: CompanyDraft = {
  file: {
    name: 'Small Co',
    departments: [
      {
        name: 'engineering',
        teams: [
          {
            name: 'core',
            members: [
              { name: 'ada', role: 'engineer' },
              { name: 'bo', role: 'engineer', max_concurrent: 2 },
              { name: 'eve', role: 'em' },
              { name: 'sam', role: 'sre' },
            ],
          },
        ],
      },
      { name: 'qa', teams: [{ name: 'testing', members: [{ name: 'quinn', role: 'qa_lead' }] }] },
    ],
    workflows: [workflow],
  },
  workflows: [],
};

/** The real world but for its clock, which stands still. */
export class TestWorld implements World {
  readonly newId = realWorld.newId;
  readonly sha256 = realWorld.sha256;
  readonly pick = realWorld.pick;
  time = 1_790_000_000_000 as EpochMs;
  readonly now = (): EpochMs => this.time;

  pass(ms: number): void {
    this.time = (this.time + ms) as EpochMs;
  }
}

/** A file for a log, in a folder that goes away with the test. */
export async function logFile(): Promise<string> {
  return path.join(await temporaryFolder(), 'log.sqlite');
}

export interface OpenedCompany {
  readonly coordinator: CompanyCoordinator;
  readonly world: TestWorld;
  /** Commands in the name of a member. */
  as(name: string, command: CommandInput): ReturnType<CompanyCoordinator['execute']>;
  member(name: string): Promise<MemberId>;
}

/** Opens the company of a log; creates it when the log is empty. */
export async function openCompany(
  options: Partial<CoordinatorOptions> & { log?: EventLog } = {},
): Promise<OpenedCompany> {
  const world = new TestWorld();
  const faults: unknown[] = [];
  const log = options.log ?? openSqliteEventLog(await logFile());
  const coordinator = await CompanyCoordinator.open({
    world,
    onFault: (fault) => faults.push(fault),
    ...options,
    log,
  });
  onTestFinished(async () => {
    await coordinator.close();
    if (faults.length > 0) throw new AggregateError(faults, 'the coordinator had faults of its own');
  });
  if ((await log.head()) === 0) {
    const { file, workflows } = smallCompany;
    await coordinator.execute(host, { type: 'company.create', file, workflows: [...workflows] });
  }
  const member = (name: string) =>
    coordinator.read(({ index }) => {
      const [row] = index.membersByName.get(name);
      if (!row) throw new Error(`there is no ${name} in the small company`);
      return row.id;
    });
  return {
    coordinator,
    world,
    member,
    as: async (name, command) =>
      coordinator.execute({ kind: 'member', memberId: await member(name) }, command),
  };
}

/** Creates tasks that any engineer may take. */
export async function createTasks({ as }: OpenedCompany, count: number): Promise<TaskId[]> {
  const titles = Array.from({ length: count }, (_, n) => `task ${n + 1}`);
  const receipts = await Promise.all(
    titles.map((title) => as('owner', { type: 'task.create', title, roleId: 'engineer' })),
  );
  return receipts.map(({ events }) => {
    const [created] = events;
    if (created?.event.type !== 'task.created') throw new Error('no task was created');
    return created.event.task.id;
  });
}

/** Brings a worker of the agent up. */
export async function startWorker(company: OpenedCompany, name: string): Promise<WorkerId> {
  const workerId = company.world.newId('worker');
  const memberId = await company.member(name);
  await company.coordinator.execute(host, {
    type: 'worker.start',
    workerId,
    memberId,
    launcher: 'test',
    runner: 'script',
  });
  await company.as(name, { type: 'worker.report_ready', workerId, pid: process.pid });
  return workerId;
}

export interface Claimed {
  readonly taskId: TaskId;
  readonly token: Seq;
}

/** Null when there was nothing to claim. */
export async function claim(
  company: OpenedCompany,
  name: string,
  workerId: WorkerId,
): Promise<Claimed | null> {
  const { events } = await company.as(name, { type: 'task.claim', workerId });
  const [claimed] = events;
  return claimed?.event.type === 'task.claimed' ? { taskId: claimed.event.taskId, token: claimed.seq } : null;
}

export function complete(company: OpenedCompany, name: string, claimed: Claimed, hash?: ArtifactHash) {
  const artifacts = hash ? [{ hash, path: 'result.md', bytes: 6 }] : [];
  return company.as(name, { type: 'task.complete', ...claimed, artifacts });
}

export const dump = (coordinator: CompanyCoordinator): Promise<StateSnapshot> => coordinator.read(dumpState);

/** What folding every event of a log from the first one gives. */
export async function replay(log: Pick<EventLog, 'read'>): Promise<StateSnapshot> {
  const state = emptyState();
  for (;;) {
    const page: StoredEvent[] = await log.read(state.seq);
    if (page.length === 0) return dumpState(state);
    for (const event of page) evolve(state, event);
  }
}
