/** A host that is killed in the middle of its work has, when it is started again, all that it ever acknowledged. */
import { connect } from '../../client/index.ts';
import { expectThat } from './check.ts';
import type { ChildHost } from './child-host.ts';
import { startChildHost } from './child-host.ts';

/** @returns the host that runs afterwards, with what was counted */
export async function checkRecovery(
  dataDir: string,
  first: ChildHost,
  kills: number,
): Promise<{ readonly host: ChildHost; readonly found: string }> {
  let host = first;
  const acknowledged: string[] = [];
  let slowestMs = 0;
  for (let kill = 1; kill <= kills; kill += 1) {
    const creating = createUntilLost(dataDir, acknowledged, kill);
    await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 200));
    await host.end('SIGKILL');
    await creating;
    const killedAt = performance.now();
    host = await startChildHost(dataDir);
    slowestMs = Math.max(slowestMs, performance.now() - killedAt);
  }
  await using owner = await connect({ dataDir, client: 'selftest' });
  const kept = new Set<string>((await owner.query('snapshot', {})).tasks.map(({ id }) => id));
  const lost = acknowledged.filter((id) => !kept.has(id));
  expectThat(lost.length === 0, `${lost.length} of ${acknowledged.length} acknowledged commands are lost`);
  expectThat(acknowledged.length > 0, 'nothing was acknowledged before the host was killed');
  const back = (slowestMs / 1_000).toFixed(1);
  return {
    host,
    found: `${kills} ${kills === 1 ? 'kill' : 'kills'}, ${acknowledged.length} acknowledged commands all there; back in ${back} s`,
  };
}

/** Ends when the line is lost. */
async function createUntilLost(dataDir: string, acknowledged: string[], kill: number): Promise<void> {
  const session = await connect({ dataDir, client: 'selftest' });
  const lost = new Promise<void>((resolve) => session.onLineLost(() => resolve()));
  let isLost = false;
  void lost.then(() => {
    isLost = true;
  });
  for (let i = 1; !isLost; i += 1) {
    const created = session.createTasks([{ title: `Kept ${kill}.${i}`, tags: ['kept'] }]);
    const ids = await Promise.race([created, lost]).catch(() => null);
    created.catch(() => undefined);
    if (ids) acknowledged.push(...ids);
  }
  await session.close();
}
