/** Whoever asked for an approval waits for it in `approval`, and is told at once how it ended. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { rpcVersion } from '../../../src/contract/rpc.ts';
import { sha256 } from '../../../src/coordinator/world.ts';
import type { CommandInput } from '../../../src/core/command.ts';
import type { DurationMs } from '../../../src/core/units.ts';
import { createSmall, openSessionHost } from '../session-host.ts';

const context = 'Nobody is awake then.';

/** Ada asks Eve's role, on a line that the test can cut. */
async function asking(more: object = {}) {
  const host = await openSessionHost();
  const company = await createSmall(host, 'Acme');
  const owner = await host.owner();
  const [ada] = await company.coordinator.read(({ index }) => [...index.membersByName.get('ada')]);
  if (!ada) throw new Error('there is no ada');
  const line = new AbortController();
  const session = host.connect(line.signal);
  const token = host.sessions.issue({ companyId: company.id, memberId: ada.id });
  await session.hello({ version: rpcVersion, token, client: 'test' });
  const request = {
    type: 'approval.request',
    title: 'Deploy at night',
    context,
    roles: { em: 1 },
    ...more,
  } as CommandInput;
  const { events } = await session.command(request);
  const asked = events.find(({ event }) => event.type === 'gate.asked')?.event;
  if (asked?.type !== 'gate.asked') throw new Error('no gate was asked');
  const { gateId, artifactHash } = asked;
  const decide = (decision: 'approve' | 'request_changes', note = '') =>
    owner.command({ type: 'gate.sign', gateId, decision, note, artifactHash });
  const wait = (ms: number) => session.query('approval', { gateId, wait: ms as DurationMs });
  return { host, company, owner, session, line, gateId, artifactHash, decide, wait };
}

it('tells that it is given, as soon as it is', async () => {
  const { decide, wait, owner } = await asking();
  let answered = false;
  const waiting = wait(60_000).then((answer) => {
    answered = true;
    return answer;
  });
  await owner.command({ type: 'task.create', title: 'something else' });
  await delay(50);
  expect(answered).toBe(false);
  await decide('approve', 'go');
  expect(await waiting).toMatchObject({
    settled: true,
    gate: { state: 'open', signOffs: [{ kind: 'human', note: 'go' }] },
  });
});

it('tells that it is rejected, with the note', async () => {
  const { decide, wait } = await asking();
  const waiting = wait(60_000);
  await decide('request_changes', 'not this week');
  expect(await waiting).toMatchObject({
    settled: true,
    gate: { state: 'rejected', refusal: { note: 'not this week' } },
  });
});

it('tells that it was taken back', async () => {
  const { session, gateId, wait } = await asking();
  const waiting = wait(60_000);
  await session.command({ type: 'approval.cancel', gateId });
  expect(await waiting).toMatchObject({ settled: true, gate: { state: 'cancelled' } });
});

it('tells that its time ran out', async () => {
  const { host, company, wait } = await asking({ timeout: 1_000, onTimeout: 'reject' });
  const waiting = wait(60_000);
  host.world.pass(1_000);
  await company.coordinator.execute({ kind: 'host' }, { type: 'tick' });
  expect(await waiting).toMatchObject({ settled: true, gate: { state: 'rejected', refusal: { by: null } } });
});

it('answers as it stands when the time to wait is over, the line is gone or the host stops', async () => {
  const { wait, line } = await asking();
  expect(await wait(30)).toMatchObject({ settled: false, gate: { state: 'waiting' } });
  const cut = wait(60_000);
  line.abort();
  expect(await cut).toMatchObject({ settled: false });

  const stopped = await asking();
  const last = stopped.wait(60_000);
  await delay(5);
  await stopped.company.close();
  expect(await last).toMatchObject({ settled: false });
});

it('keeps what was said as the artifact that is signed', async () => {
  const { owner, artifactHash } = await asking();
  expect(artifactHash).toBe(sha256(context));
  const { base64 } = await owner.query('artifact', { hash: artifactHash });
  expect(Buffer.from(base64, 'base64').toString()).toBe(context);
});

it('is refused when it shows what nobody has stored', async () => {
  const missing = { hash: sha256('nowhere'), path: 'plan.md', bytes: 7 };
  await expect(asking({ artifacts: [missing] })).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
});
