/** One agent at work: locks files, claims a task, posts to the board, logs a decision, and asks for an approval. */
import './plain-errors.ts';
import { connect } from 'agentcoord/client';

await using session = await connect({ role: 'engineer', workingOn: 'the health endpoint' });
console.log(`${session.member.name} works for ${session.company.name}`);

{
  // Nobody else writes there until the end of the block; the lock is renewed by itself.
  await using lock = await session.lockFile('backend/**', { intent: 'add /health', wait: 30_000 });
  await lock.writeFile('backend/main.ts', "export const health = () => 'ok';\n");
}

await using task = await session.claimTask({ tags: ['backend'] });
if (task) {
  console.log(`Working on: ${task.title}`);
  // `task.lost` aborts when somebody takes the task away: give it to whatever runs long.
  await task.complete([{ path: 'summary.md', content: '/health answers “ok”.\n' }]);
}

const threadId = await session.postThread({
  title: 'Backend v2.0 is ready',
  message: 'Green on all counts, @owner.',
  priority: 'HIGH',
  kind: 'SUCCESS',
});
await session.reply(threadId, 'The notes are in the summary.');

await session.logDecision({
  kind: 'deployment',
  context: 'Backend v2.0',
  reason: 'The features are tested and ready',
});

console.log('Waiting until a person decides: agentcoord approve "Deploy backend v2.0"');
// Blocks until it is decided, or for as long as it is told to; an aborted signal takes the question back.
const approval = await session.requestApproval({
  title: 'Deploy backend v2.0',
  context: 'All tests pass; the rollback is rehearsed.',
  roles: ['em'],
  humanRequired: true,
  wait: Number(process.argv[2] ?? 60_000),
});
console.log(
  approval.settled ? `The approval is ${approval.gate.state}` : 'The approval still waits for a person',
);
