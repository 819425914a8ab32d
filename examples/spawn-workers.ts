/** Starts workers from outside, for a role, by a launcher, and waits for them: node spawn-workers.ts engineer 2 railway */
import './plain-errors.ts';
import { connect } from 'agentcoord/client';

const [roleId = 'engineer', count = '1', launcher = null] = process.argv.slice(2);
await using owner = await connect({ workingOn: 'starting workers' });
const { seq } = await owner.command({
  type: 'worker.request',
  // Or `memberId`, for one agent. Without a launcher or a runner: those of the agent, or of the host.
  ...{ roleId, count: Number(count), launcher, runner: null },
});
let left = Number(count);
let settle: () => void = () => undefined;
const settled = new Promise<void>((resolve) => {
  settle = resolve;
});
owner.onEvent({ types: ['worker.ready', 'worker.crashed'], after: seq }, async ({ event }) => {
  if (event.type !== 'worker.ready' && event.type !== 'worker.crashed') return;
  const worker = (await owner.query('workers', {})).find(({ id }) => id === event.workerId);
  console.log(`${event.workerId} by ${worker?.launcher}: ${worker?.exitReason ?? 'ready'}`);
  left -= 1;
  if (left === 0) settle();
});
await settled;
