/** An approval from end to end: asked for over a socket, given by an agent's worker process and by the owner. */
import { expect, it } from 'vitest';
import { rpcVersion } from '../../src/contract/rpc.ts';
import type { CommandInput } from '../../src/core/command.ts';
import { minutes } from '../../src/core/units.ts';
import { connectClient } from '../../src/rpc/client.ts';
import { openSocketChannel } from '../../src/rpc/socket-channel.ts';
import type { SupervisedCompany } from './supervised-company.ts';
import { superviseCompany } from './supervised-company.ts';

const request = {
  type: 'approval.request',
  title: 'Ship on Friday',
  context: '# Ship on Friday\n\nThe tests pass and somebody is there on Saturday.',
  roles: { em: 1, pm: 1 },
  humanRequired: true,
} as unknown as CommandInput;

/** Ann's own line to the host. */
async function connectAnn({ company, sessions, socket, member }: SupervisedCompany) {
  const client = connectClient(await openSocketChannel(socket));
  const token = sessions.issue({ companyId: company.id, memberId: (await member('ann')).id });
  await client.hello({ version: rpcVersion, token, client: 'test' });
  return client;
}

it('waits for the review of an agent and the sign-off of the owner, and tells who asked', async () => {
  const supervised = await superviseCompany();
  const ann = await connectAnn(supervised);
  const { events } = await ann.command(request);
  const asked = events.find(({ event }) => event.type === 'gate.asked')?.event;
  if (asked?.type !== 'gate.asked') throw new Error('no gate was asked');
  const { gateId, artifactHash } = asked;
  const waiting = ann.query('approval', { gateId, wait: minutes(1) });

  await supervised.until(({ gates }) => gates.get(gateId)?.signOffs.length === 1);
  const [kept] = (await supervised.owner.query('gate', { gateId })).slots.filter(({ signOff }) => !signOff);
  expect(kept).toMatchObject({ roleId: 'pm' });
  await supervised.owner.command({
    type: 'gate.sign',
    gateId,
    decision: 'approve',
    note: 'go',
    artifactHash,
  });

  const answer = await waiting;
  expect(answer).toMatchObject({ settled: true, gate: { state: 'open' } });
  expect(answer.gate.signOffs).toMatchObject([
    { roleId: 'em', kind: 'agent', note: expect.stringMatching(/^Checked context\.md: .*Ship on Friday/) },
    { roleId: 'pm', kind: 'human', note: 'go' },
  ]);
  const emma = await supervised.member('emma');
  const [worker] = await supervised.workers();
  expect(worker?.memberId).toBe(emma.id);
  expect(worker?.pid).not.toBe(process.pid);
  expect(supervised.faults).toEqual([]);
  ann.close();
});

it('ends the wait with the note when the owner rejects it, and the reviewer is not asked any more', async () => {
  const supervised = await superviseCompany({ options: { slow: '60s' } });
  const ann = await connectAnn(supervised);
  const { events } = await ann.command(request);
  const asked = events.find(({ event }) => event.type === 'gate.asked')?.event;
  if (asked?.type !== 'gate.asked') throw new Error('no gate was asked');
  const { gateId, artifactHash } = asked;
  const waiting = ann.query('approval', { gateId, wait: minutes(1) });
  const reviewer = await supervised.holderOf('Review "Ship on Friday" as em');
  const note = 'Nobody is there on Saturday';
  await supervised.owner.command({
    type: 'gate.sign',
    gateId,
    decision: 'request_changes',
    note,
    artifactHash,
  });
  expect(await waiting).toMatchObject({ settled: true, gate: { state: 'rejected', refusal: { note } } });
  expect(await supervised.task('Review "Ship on Friday" as em')).toMatchObject({ state: 'cancelled' });
  await expect.poll(() => supervised.logOf(reviewer.id), { timeout: 10_000 }).toContain('dropped');
  ann.close();
});
