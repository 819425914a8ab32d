/** Many agents claim many tasks at once: each task is claimed once and done once, and none is lost. */
import { connect } from '../../client/index.ts';
import type { Session } from '../../client/session.ts';
import type { Seq } from '../../core/ids.ts';
import { expectThat } from './check.ts';

export async function checkClaims(dataDir: string, workers: number, tasks: number): Promise<string> {
  await using owner = await connect({ dataDir, client: 'selftest' });
  const { seq } = await owner.status();
  const created = await owner.createTasks(
    Array.from({ length: tasks }, (_, i) => ({ title: `Task ${i + 1}` })),
  );
  const shifts = Array.from({ length: workers }, () => workUntilDone(dataDir));
  await Promise.all(shifts);
  const claims = await claimsAfter(owner, seq);
  const twice = created.filter((id) => (claims.get(id) ?? 0) > 1);
  const done = new Set(
    (await owner.query('tasks', { state: 'done', limit: 1_000 })).map(({ task }) => task.id),
  );
  const lost = created.filter((id) => !done.has(id));
  expectThat(twice.length === 0, `${twice.length} tasks were claimed twice, such as ${twice[0]}`);
  expectThat(lost.length === 0, `${lost.length} tasks were not done, such as ${lost[0]}`);
  return `${workers} agents did ${tasks} tasks: none claimed twice, none lost`;
}

async function workUntilDone(dataDir: string): Promise<void> {
  await using agent = await connect({ dataDir, role: 'engineer', client: 'selftest' });
  for (;;) {
    await using task = await agent.claimTask();
    if (!task) return;
    await task.complete();
  }
}

/** How often each task was claimed. */
async function claimsAfter(owner: Session, from: Seq): Promise<Map<string, number>> {
  const claims = new Map<string, number>();
  for (let after = from; ; ) {
    const events = await owner.query('events', { after, limit: 1_000 });
    for (const { event, seq } of events) {
      after = seq;
      if (event.type === 'task.claimed') claims.set(event.taskId, (claims.get(event.taskId) ?? 0) + 1);
    }
    if (events.length === 0) return claims;
  }
}
