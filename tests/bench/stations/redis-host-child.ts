/** A host of a company whose log is in Redis, with its workers in the same process: one of several. */
import path from 'node:path';
import { CompanyCoordinator } from '../../../src/coordinator/company-coordinator.ts';
import { randomId } from '../../../src/coordinator/world.ts';
import type { Actor } from '../../../src/core/context.ts';
import type { CompanyId, HostId, WorkerId } from '../../../src/core/ids.ts';
import { parseRedisUrl } from '../../../src/log/redis/redis-address.ts';
import { RedisEventLog } from '../../../src/log/redis/redis-event-log.ts';
import { RedisStream } from '../../../src/log/redis/redis-stream.ts';
import { openSqliteBranchStore } from '../../../src/log/sqlite/branch/sqlite-branch-store.ts';
import { openSqliteEventLog } from '../../../src/log/sqlite/sqlite-event-log.ts';
import type { CallTimes } from '../agent-work.ts';
import { addTask, workOff } from '../agent-work.ts';
import { monotonicMs } from '../clock.ts';
import { takeOrders } from '../crew.ts';
import { inTurns } from '../share.ts';
import type { Shift } from '../shift.ts';
import type { HostOrder } from './agentcoord-hosts.ts';

const asHost: Actor = { kind: 'host' };

interface Open {
  readonly coordinator: CompanyCoordinator;
  readonly agents: readonly { readonly actor: Actor; readonly workerId: WorkerId }[];
  readonly owner: Actor;
}

let open: Open | null = null;

async function openHost(order: Extract<HostOrder, { kind: 'open' }>): Promise<Open> {
  const { folder, port, companyId, host, hosts, workers } = order;
  const id = `host_${process.pid}` as HostId;
  const stream = await RedisStream.open({
    address: parseRedisUrl(`redis://127.0.0.1:${port}`),
    companyId: companyId as CompanyId,
    commandTimeout: 5_000,
  });
  const copy = openSqliteEventLog(path.join(folder, `host-${host}.sqlite`));
  const info = { machine: 'bench', version: 'bench', stateVersion: 0 };
  const log = await RedisEventLog.open(stream, copy, { id, info, sender: `${id}.1`, isAlone: host === 0 });
  const openBranchStore = () => openSqliteBranchStore(path.join(folder, `branch-${host}.sqlite`));
  const coordinator = await CompanyCoordinator.open({ log, host: id, openBranchStore });
  const nameOf = (at: number, n: number) => `agent-${at}-${n}`;
  if (host === 0) {
    const members = Array.from({ length: hosts }, (_, at) =>
      Array.from({ length: workers }, (_, n) => ({ name: nameOf(at, n), role: 'engineer' })),
    ).flat();
    const file = {
      name: 'Bench',
      departments: [{ name: 'engineering', teams: [{ name: 'builders', members }] }],
    };
    await coordinator.execute(asHost, { type: 'company.create', file, workflows: [] });
  }
  await coordinator.execute(asHost, { type: 'host.join', name: `host ${host}` });
  const memberId = (name: string) =>
    coordinator.read(({ index }) => {
      const [member] = index.membersByName.get(name);
      if (!member) throw new Error(`the company has no ${name}`);
      return member.id;
    });
  const agents = await Promise.all(
    Array.from({ length: workers }, async (_, n) => {
      const actor = { kind: 'member', memberId: await memberId(nameOf(host, n)) } as const;
      const workerId = randomId('worker');
      const start = { type: 'worker.start', workerId, memberId: actor.memberId } as const;
      await coordinator.execute(asHost, { ...start, launcher: 'bench', runner: 'bench' });
      await coordinator.execute(actor, { type: 'worker.report_ready', workerId, pid: process.pid });
      return { actor, workerId };
    }),
  );
  return { coordinator, agents, owner: { kind: 'member', memberId: await memberId('owner') } };
}

async function carryOut(order: HostOrder, times: CallTimes): Promise<void> {
  if (order.kind === 'open') {
    open = await openHost(order);
    return;
  }
  if (!open) throw new Error('not open yet');
  const { coordinator, agents, owner } = open;
  const as = (actor: Actor) => ({
    command: (command: Parameters<CompanyCoordinator['execute']>[1]) => coordinator.execute(actor, command),
  });
  if (order.kind === 'add') return inTurns(order.tasks, agents.length, () => addTask(as(owner), times));
  await Promise.all(agents.map(({ actor, workerId }) => workOff(as(actor), workerId, times)));
}

takeOrders<HostOrder, Shift>(
  async (order) => {
    const times: CallTimes = new Map();
    const start = monotonicMs();
    await carryOut(order, times);
    return { start, end: monotonicMs(), times: [...times] };
  },
  async () => open?.coordinator.close(),
);
