/** `agentcoord worker log`: what a worker process has said. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Coordination } from '../../contract/rpc.ts';
import type { WorkerId } from '../../core/ids.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';

const pollMs = 300;

export function addWorkerCommand(program: Command): void {
  const worker = program.command('worker').description('look into one worker');
  worker
    .command('log')
    .description('print the log of a worker')
    .argument('<worker>', 'its id, the beginning of it, or the name of its agent')
    .option('-f, --follow', 'go on until it ends', false)
    .action(printLog);
}

/** The log is the answer itself, printed as it comes; with `--json` it is gathered into one document. */
async function printLog(key: string, { follow }: { follow: boolean }, command: Command): Promise<void> {
  const options = globalOptions(command);
  const { withCompany } = await import('../company-session.ts');
  const { findWorker } = await import('../find-worker.ts');
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    const { id } = await findWorker(coordination, key);
    let log = '';
    for await (const text of readLog(coordination, id, follow)) {
      if (options.json) log += text;
      else process.stdout.write(text);
    }
    if (options.json) output.answer({ worker: id, log }, () => log);
  });
}

/** The pieces of a log, oldest first; ends with what there is now, or with the worker when it is followed. */
async function* readLog(
  coordination: Coordination,
  workerId: WorkerId,
  follow: boolean,
): AsyncGenerator<string> {
  for (let from = 0; ; ) {
    const { text, next, ended } = await coordination.query('workerLog', { workerId, from });
    yield text;
    if (ended || (next === from && !follow)) return;
    if (next === from) await pause(pollMs);
    from = next;
  }
}
