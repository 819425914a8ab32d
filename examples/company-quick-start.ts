/** Creates a company from a template, routes an epic through a workflow, and does its first task as the agent for it. */
import './plain-errors.ts';
import { connect, createCompany, hasCode } from 'agentcoord/client';

try {
  await createCompany({ from: { template: 'janus_dev' }, name: 'Janus' });
} catch (error) {
  if (!hasCode(error, 'COMPANY_EXISTS')) throw error;
}

await using owner = await connect({ company: 'Janus' });
await owner.command({
  type: 'epic.create',
  workflow: 'trading_strategy',
  title: 'Add IV percentile filter',
  description: 'Only enter trades when IV is above its 50th percentile',
});
const tasks = (await owner.query('tasks', {})).map(({ task }) => task).sort((a, b) => a.order - b.order);
for (const { title, roleId, state } of tasks) console.log(`${state}: ${title} (${roleId})`);

// The agent is online, and so the best available for its role, as long as this session is open.
await using pm = await connect({ company: 'Janus', role: 'pm', workingOn: 'the goals of the filter' });
console.log(`Best available: ${(await owner.query('bestAgent', { roleId: 'pm' }))?.name}`);

await using task = await pm.claimTask({ wait: 10_000 });
if (task) {
  await task.complete([{ path: 'strategy_goals.md', content: '# Goals\n\nFewer entries, better ones.\n' }]);
  console.log(`${pm.member.name} handed in: ${task.title}`);
}
