/** A coordinator: creates tasks, announces them, and looks after what waits until all are done. It approves nothing by itself. */
import './plain-errors.ts';
import { connect } from 'agentcoord/client';

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());

await using coordinator = await connect({ workingOn: 'the kick-off' });
const created = await coordinator.createTasks([
  { title: 'Implement auth', priority: 'URGENT', tags: ['backend'] },
  { title: 'Design UI', priority: 'HIGH', tags: ['frontend'] },
]);
await coordinator.broadcast({
  title: 'Project kick-off',
  message: 'Tasks are ready: take one that fits.',
  priority: 'HIGH',
});

coordinator.onEvent({ types: ['task.claimed', 'task.done', 'task.failed'] }, ({ event }) => {
  if ('taskId' in event) console.log(`${event.type}: ${event.taskId}`);
});

await coordinator.orchestrate({
  interval: 1_000,
  signal: stop.signal,
  // `autoApprove: true` would approve what this member may; a verdict that is returned here is given.
  onApprovalNeeded: ({ gate }) => {
    console.log(`Waits for a sign-off: ${gate.name}`);
    return undefined;
  },
  onStatus: async () => {
    const tasks = await coordinator.query('tasks', { limit: 1_000 });
    const open = tasks.filter(({ task }) => created.includes(task.id) && task.state !== 'done');
    if (open.length === 0) stop.abort();
  },
});
console.log('All tasks are done');
