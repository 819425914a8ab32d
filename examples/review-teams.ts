/** Coordinators above coordinators: a review is split into tasks by field, and the lead of each field hands in a report. */
import './plain-errors.ts';
import type { Session } from 'agentcoord/client';
import { connect } from 'agentcoord/client';

const fields = [
  { tag: 'security', title: 'Security review: auth and secrets', role: 'em' },
  { tag: 'architecture', title: 'Architecture review: scalability', role: 'sre' },
  { tag: 'quality', title: 'Quality review: test coverage', role: 'qa_lead' },
];

async function lead(session: Session, tag: string): Promise<void> {
  await using task = await session.claimTask({ tags: [tag], wait: 10_000 });
  if (!task) return;
  await task.complete([{ path: `${tag}.md`, content: `# ${task.title}\n\nNothing stands in the way.\n` }]);
  await session.logDecision({ kind: 'review', context: task.title, reason: 'No finding is open' });
}

// The leads first: without all of them nothing is asked for.
await using team = new AsyncDisposableStack();
const leads: { session: Session; tag: string }[] = [];
try {
  for (const { tag, role } of fields) {
    const session = team.use(await connect({ role, workingOn: `the ${tag} review` }));
    leads.push({ session, tag });
  }
} catch (error) {
  console.error(`Nothing was created: ${error instanceof Error ? error.message : String(error)}`);
  console.error(`This example needs a free agent for each of ${fields.map(({ role }) => role).join(', ')}`);
  process.exit(1);
}

await using cto = await connect();
const created = await cto.createTasks(
  fields.map(({ tag, title }) => ({ title, tags: [tag, 'review'], priority: 'URGENT' as const })),
);
await Promise.all(leads.map(({ session, tag }) => lead(session, tag)));

for (const { task } of await cto.query('tasks', { state: 'done', limit: 1_000 })) {
  if (!created.includes(task.id)) continue;
  const report = task.submission?.artifacts[0];
  console.log(`${task.title}: ${report?.path}, ${report?.bytes} bytes`);
}
