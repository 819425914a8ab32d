/** Lets the number of the host's workers follow the work: a rule, a pile of tasks, and each change with its reason. */
import './plain-errors.ts';
import { connect } from 'agentcoord/client';

await using owner = await connect({ workingOn: 'a pile of work' });
await owner.command({
  type: 'scaling.set',
  // At most three workers for all agents; one for every four tasks that wait or are under way.
  rule: { name: 'everybody', min: 0, max: 3, tasks_per_worker: 4, down_cooldown: '1s' },
});
let rest: () => void = () => undefined;
const atRest = new Promise<void>((resolve) => {
  rest = resolve;
});
owner.onEvent({ types: ['scaling.changed'] }, ({ event }) => {
  if (event.type !== 'scaling.changed') return;
  console.log(`scaled to ${event.to}: ${event.because}`);
  if (event.to === 0) rest();
});
await owner.createTasks(Array.from({ length: 9 }, (_, n) => ({ title: `Part ${n + 1}` })));
await atRest;
const done = await owner.query('tasks', { state: 'done' });
console.log(`${done.length} tasks are done, and no worker is left for them`);
await owner.command({ type: 'scaling.remove', id: 'everybody' });
