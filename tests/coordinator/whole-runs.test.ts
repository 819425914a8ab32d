/** A coding agent reserves once for its whole run: that is no call, and takes no turn of one. */
import { expect, it } from 'vitest';
import { rpcVersion } from '../../src/contract/rpc.ts';
import { CallCap } from '../../src/coordinator/call-cap.ts';
import { connect } from '../../src/coordinator/connect.ts';
import type { OpenCompany } from '../../src/coordinator/open-company.ts';
import type { RoleId } from '../../src/core/ids.ts';
import type { MicroUsd } from '../../src/core/units.ts';
import type { SessionHost } from './session-host.ts';
import { createSmall, openSessionHost } from './session-host.ts';

/** A worker of that agent reserves for a task that it holds. */
async function reserveAs(
  host: SessionHost,
  company: OpenCompany,
  calls: CallCap,
  name: string,
  runner: string,
) {
  const { companies, sessions, world } = host;
  const memberId = await company.coordinator.read(
    ({ index }) => [...index.membersByName.get(name)].at(0)?.id,
  );
  if (!memberId) throw new Error(`there is no ${name}`);
  const workerId = world.newId('worker');
  const start = { type: 'worker.start', workerId, memberId, launcher: 'test', runner } as const;
  await company.coordinator.execute({ kind: 'host' }, start);
  const session = connect({
    companies,
    sessions,
    calls,
    templates: async () => ({ companies: [], workflows: [] }),
  });
  const token = sessions.issue({ companyId: company.id, memberId, workerId });
  await session.hello({ version: rpcVersion, token, company: null, client: 'test' });
  await session.command({ type: 'worker.report_ready', workerId, pid: 4_711 });
  const { events, seq } = await session.command({ type: 'task.claim', workerId });
  const [taskId] = events.flatMap(({ event }) => (event.type === 'task.claimed' ? [event.taskId] : []));
  if (!taskId) throw new Error(`${name} claimed nothing`);
  const claim = events.find(({ event }) => event.type === 'task.claimed');
  const held = { taskId, token: claim?.seq ?? seq };
  const reserved = await session.command({
    type: 'usage.reserve',
    ...held,
    model: 'opus',
    tokens: 10,
    money: 1 as MicroUsd,
  });
  return reserved.events.map(({ event }) => event.type);
}

it('takes no turn, so that a model beside it does not wait for its end', async () => {
  const host = await openSessionHost();
  const company = await createSmall(host, 'Acme');
  const owner = await host.owner();
  for (const roleId of ['engineer', 'sre'] as RoleId[]) {
    await owner.command({ type: 'task.create', title: `For ${roleId}`, roleId });
  }
  const calls = new CallCap(1);
  expect(await reserveAs(host, company, calls, 'ada', 'cli-agent')).toEqual(['usage.reserved']);
  expect(calls.underWay).toBe(0);
  expect(await reserveAs(host, company, calls, 'sam', 'llm')).toEqual(['usage.reserved']);
  expect(calls).toMatchObject({ underWay: 1, waiting: 0 });
});
