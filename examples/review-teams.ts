/** Coordinators above coordinators: a review is split into tasks by field, and the lead of each field hands in a report. */
import { connect } from 'agentcoord/client';

const fields = [
  { tag: 'security', title: 'Security review: auth and secrets', lead: 'backend_em' },
  { tag: 'architecture', title: 'Architecture review: scalability', lead: 'devops_lead' },
  { tag: 'quality', title: 'Quality review: test coverage', lead: 'qa_lead' },
];

async function lead({ tag, lead: member }: (typeof fields)[number]): Promise<void> {
  await using session = await connect({ member, workingOn: `the ${tag} review` });
  await using task = await session.claimTask({ tags: [tag], wait: 10_000 });
  if (!task) return;
  await task.complete([{ path: `${tag}.md`, content: `# ${task.title}\n\nNothing stands in the way.\n` }]);
  await session.logDecision({ kind: 'review', context: task.title, reason: 'No finding is open' });
}

await using cto = await connect();
const created = await cto.createTasks(
  fields.map(({ tag, title }) => ({ title, tags: [tag, 'review'], priority: 'URGENT' as const })),
);
await Promise.all(fields.map(lead));

for (const { task } of await cto.query('tasks', { state: 'done', limit: 1_000 })) {
  if (!created.includes(task.id)) continue;
  const report = task.submission?.artifacts[0];
  console.log(`${task.title}: ${report?.path}, ${report?.bytes} bytes`);
}
