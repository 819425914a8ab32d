/** A real company for the benchmark: its log in a SQLite file, a socket, and as many agents with workers as are wanted. */
import path from 'node:path';
import type { Coordination, Receipt } from '../../src/contract/rpc.ts';
import { rpcVersion } from '../../src/contract/rpc.ts';
import type { CompanyFileInput } from '../../src/contract/templates.ts';
import { Companies } from '../../src/coordinator/companies.ts';
import { connect } from '../../src/coordinator/connect.ts';
import type { OpenCompany, OpenLog } from '../../src/coordinator/open-company.ts';
import { Sessions } from '../../src/coordinator/sessions.ts';
import { randomId } from '../../src/coordinator/world.ts';
import type { Seq, TaskId, WorkerId } from '../../src/core/ids.ts';
import { openSqliteBoardStore } from '../../src/log/sqlite/board/sqlite-board-store.ts';
import { openSqliteEventLog } from '../../src/log/sqlite/sqlite-event-log.ts';
import { listenOnSocket } from '../../src/rpc/listen-socket.ts';

/** An agent of the company, and the worker that acts for it. */
export interface BenchAgent {
  readonly token: string;
  readonly workerId: WorkerId;
}

export interface BenchCompany {
  readonly company: OpenCompany;
  readonly ownerToken: string;
  readonly agents: readonly BenchAgent[];
  readonly socket: string;
  /** A session without a line in between. */
  session(token: string): Promise<Coordination>;
  close(): Promise<void>;
}

function fail(error: unknown): never {
  throw error;
}

export async function openBenchCompany(
  folder: string,
  workers: number,
  openLog: OpenLog = openSqliteEventLog,
): Promise<BenchCompany> {
  const names = Array.from({ length: workers }, (_, n) => `agent-${n + 1}`);
  const members = names.map((name) => ({ name, role: 'engineer' }));
  const file: CompanyFileInput = {
    name: 'Bench',
    departments: [{ name: 'engineering', teams: [{ name: 'builders', members }] }],
  };
  const companies = await Companies.open({
    folder: path.join(folder, 'companies'),
    openLog,
    openBoardStore: openSqliteBoardStore,
    readDraft: async () => ({ file, workflows: [] }),
    onFault: fail,
  });
  const company = await companies.create({ file }, null);
  const sessions = new Sessions();
  const parts = { companies, sessions, templates: async () => ({ companies: [], workflows: [] }) };
  const socket = path.join(folder, 'bench.sock');
  const listener = await listenOnSocket(socket, (ended) => connect(parts, ended), { onFault: fail });

  async function session(token: string): Promise<Coordination> {
    const coordination = connect(parts);
    await greet(coordination, token);
    return coordination;
  }

  return {
    company,
    ownerToken: sessions.issue({ owner: true }),
    agents: await Promise.all(names.map((name) => startWorker(company, sessions, name))),
    socket,
    session,
    close: async () => {
      await listener.close();
      await companies.close();
    },
  };
}

async function startWorker(company: OpenCompany, sessions: Sessions, name: string): Promise<BenchAgent> {
  const { coordinator } = company;
  const memberId = await coordinator.read(({ index }) => [...index.membersByName.get(name)].at(0)?.id);
  if (!memberId) throw new Error(`the company has no ${name}`);
  const workerId = randomId('worker');
  const start = { type: 'worker.start', workerId, memberId, launcher: 'bench', runner: 'bench' } as const;
  await coordinator.execute({ kind: 'host' }, start);
  const ready = { type: 'worker.report_ready', workerId, pid: process.pid } as const;
  await coordinator.execute({ kind: 'member', memberId }, ready);
  return { token: sessions.issue({ companyId: company.id, memberId }), workerId };
}

export async function greet(coordination: Coordination, token: string): Promise<void> {
  await coordination.hello({ version: rpcVersion, token, client: 'bench' });
}

/** The id of the task that the command created. */
export function createdTask({ events }: Receipt): TaskId {
  const [first] = events;
  if (first?.event.type !== 'task.created') throw new Error('no task was created');
  return first.event.task.id;
}

/** What the command claimed; null: there was nothing to do. */
export function claimedTask({ events }: Receipt): { taskId: TaskId; token: Seq } | null {
  const [first] = events;
  return first?.event.type === 'task.claimed' ? { taskId: first.event.taskId, token: first.seq } : null;
}
