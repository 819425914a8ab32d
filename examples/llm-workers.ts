/**
 * Ten pieces of work, and three workers that do them at the same time. What does them is the host's choice: a model with
 * `agentcoord serve --runner llm --model claude-sonnet-5 --workspace .`, plain documents without.
 */
import './plain-errors.ts';
import { connect } from 'agentcoord/client';

const pieces = [
  'dashboard',
  'sign-in form',
  'menu',
  'search',
  'table',
  'chart',
  'settings',
  'inbox',
  'help',
  'footer',
];

await using owner = await connect({ workingOn: 'a user interface' });

// One worker for each of three engineers, whether there is work yet or not.
await owner.command({ type: 'worker.request', roleId: 'engineer', count: 3 });

let left = pieces.length;
const over = new Promise<void>((resolve) => {
  owner.onEvent({ types: ['task.done', 'task.failed'] }, ({ event }) => {
    if (event.type !== 'task.done' && event.type !== 'task.failed') return;
    left -= 1;
    if (left === 0) resolve();
  });
});
await owner.createTasks(
  pieces.map((piece) => ({ title: `Build the ${piece}`, tags: ['ui'], roleId: 'engineer' })),
);
await over;

const tasks = await owner.query('tasks', { state: 'done' });
const files = tasks.flatMap(({ task }) => task.submission?.artifacts ?? []);
const doers = new Set(tasks.map(({ task }) => task.assigneeId));
console.log(`${tasks.length} of ${pieces.length} are done by ${doers.size} agents, in ${files.length} files`);

const { total } = await owner.query('usage', {});
console.log(
  `${total.calls} calls to a model, ${total.tokensIn + total.tokensOut} tokens, $${(total.money / 1e6).toFixed(2)}`,
);
