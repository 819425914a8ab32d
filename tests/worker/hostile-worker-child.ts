/**
 * A worker program that was changed, with the token that its host gave it: for `ann` it tries all that it has no right to, and
 * prints what came of it; for everybody else it takes a task and keeps it.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { startHeartbeat } from '../../src/client/heartbeat.ts';
import { rpcVersion } from '../../src/contract/rpc.ts';
import type { CommandInput } from '../../src/core/command.ts';
import type { Seq } from '../../src/core/ids.ts';
import { connectClient } from '../../src/rpc/client.ts';
import { openSocketChannel } from '../../src/rpc/socket-channel.ts';
import { takeSettings } from '../../src/worker/settings.ts';
import { lockFiles } from '../lock-files.ts';

const { socket = '', token, worker: workerId, company } = await takeSettings(process.env, process.stdin);
const host = connectClient(await openSocketChannel(socket));
const { memberId } = await host.hello({ version: rpcVersion, token, company, client: 'worker' });
const { members, company: own } = await host.query('status', {});
const name = members.find(({ member }) => member.id === memberId)?.member.name;
await host.command({ type: 'worker.report_ready', workerId, pid: process.pid });
startHeartbeat(host, workerId, own.policy);
if (name === 'ann') await actUp();
else {
  await host.command({ type: 'task.claim', workerId });
  if (name === 'pia') {
    for (const scope of ['README.md', 'caf\u00e9.md']) await lockFiles(host, scope);
    await host.command({
      type: 'approval.request',
      title: 'Publish',
      context: 'To the world.',
      roles: { ceo: 1 },
    });
  }
}
await delay(300_000);

async function actUp(): Promise<void> {
  const theirs = await untilSheHasOne();
  const [gate] = await host.query('gates', {});
  const [herWorker] = (await host.query('workers', {})).filter((one) => one.memberId === theirs.memberId);
  const herLock = (await host.query('locks', {})).find(({ scope }) => scope === 'README.md');
  const mine = (await lockFiles(host, 'src/**')).lock;
  const lost = (await lockFiles(host, 'old.md')).lock;
  await host.command({ type: 'lock.release', lockId: lost.id, token: lost.token });

  const write = (path: string, by: Seq | null) => host.writeFile({ path, base64: 'ZXZpbA==', token: by });
  const command = (wish: object) => host.command(wish as CommandInput);
  const ofHers = { taskId: theirs.id, token: theirs.token };
  const acts: Readonly<Record<string, () => Promise<unknown>>> = {
    'writes above the workspace': () => write('../outside.txt', mine.token),
    'writes above it on a detour': () => write('src/../../outside.txt', mine.token),
    'writes to an absolute path': () => write('/etc/agentcoord-was-here', mine.token),
    'writes through a link': () => write('src/link/outside.txt', mine.token),
    'writes for git, in other letters': () => write('src/.GIT/hooks/pre-commit', mine.token),
    'writes to half a character': () => write('src/half\ud800', mine.token),
    'reads the log of the company': () => host.readFile({ path: '../log.sqlite' }),
    'writes without a lock': () => write('docs/a.md', null),
    'writes under a lock on something else': () => write('docs/a.md', mine.token),
    'writes what another has locked, in other letters': () => write('readme.MD', mine.token),
    'writes what another has locked, in other code points': () => write('cafe\u0301.md', mine.token),
    'writes under a lock that it gave back': () => write('old.md', lost.token),
    'writes under the lock of another': () => write('README.md', herLock?.token ?? null),
    'completes the task of another': () => command({ type: 'task.complete', ...ofHers, artifacts: [] }),
    'fails the task of another': () => command({ type: 'task.fail', ...ofHers, reason: 'x' }),
    'takes the task of another away': () =>
      command({ type: 'task.force_release', taskId: theirs.id, reason: 'x' }),
    'ends the worker of another': () =>
      command({ type: 'worker.end', workerId: herWorker?.id, outcome: 'stopped', reason: 'x' }),
    'signs a gate': () =>
      command({
        type: 'gate.sign',
        gateId: gate?.gate.id,
        decision: 'approve',
        artifactHash: gate?.gate.artifactHash,
      }),
    'raises its budget': () => command({ type: 'budget.set', scope: { kind: 'company' }, money: 1e12 }),
  };
  const outcomes: Record<string, string> = {};
  for (const [act, run] of Object.entries(acts)) {
    outcomes[act] = await run().then(
      () => 'DONE',
      (error: { code?: string }) => error.code ?? String(error),
    );
  }
  process.stdout.write(`outcomes: ${JSON.stringify(outcomes)}\n`);
}

/** The task that pia has, her locks, and a gate that waits. */
async function untilSheHasOne() {
  for (;;) {
    const held = (await host.query('tasks', { state: 'leased' })).find(({ task }) => task.title === 'Hers');
    const locks = await host.query('locks', {});
    const gates = await host.query('gates', {});
    if (held?.task.lease && locks.length >= 2 && gates.length > 0) {
      const { memberId: holder, token: heldBy } = held.task.lease;
      return { id: held.task.id, memberId: holder, token: heldBy };
    }
    await delay(50);
  }
}
