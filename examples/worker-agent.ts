/** Worker agents: `worker-agent.ts [tags] [count]` claims and does tasks with these tags until it is stopped with Ctrl-C. */
import './plain-errors.ts';
import { connect } from 'agentcoord/client';

const [tags = 'backend', count = '1'] = process.argv.slice(2);
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

async function work(): Promise<void> {
  await using worker = await connect({ role: 'engineer', workingOn: `tasks with the tags ${tags}` });
  console.log(`${worker.member.name} is ready`);
  while (!stop.signal.aborted) {
    const options = { tags: tags.split(','), wait: Number.POSITIVE_INFINITY, signal: stop.signal };
    await using task = await worker.claimTask(options).catch(unlessStopped);
    if (!task) continue;
    try {
      const result = await doTask(task.title, task.lost);
      await task.complete([{ path: 'result.md', content: result }]);
      console.log(`${worker.member.name} finished: ${task.title}`);
    } catch (error) {
      if (task.lost.aborted) console.log(`${task.title} was taken away`);
      else await task.fail(error instanceof Error ? error.message : String(error));
    }
  }
}

/** Here a program of yours does the work, and stops when the signal says that the task is somebody else's. */
async function doTask(title: string, lost: AbortSignal): Promise<string> {
  lost.throwIfAborted();
  return `# ${title}\n\nDone by process ${process.pid}.\n`;
}

function unlessStopped(error: unknown): null {
  if (stop.signal.aborted) return null;
  throw error;
}

await Promise.all(Array.from({ length: Number(count) }, work));
