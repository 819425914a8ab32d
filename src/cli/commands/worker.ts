/** `agentcoord worker show|log|drain|pause|resume|end`: what a worker process has said; to let it end, rest and go on. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Coordination } from '../../contract/rpc.ts';
import type { CommandInput } from '../../core/command.ts';
import type { WorkerId } from '../../core/ids.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { plainLine, plainText } from '../output/plain-text.ts';

const pollMs = 300;

export function addWorkerCommand(program: Command): void {
  const worker = program.command('worker').description('look into one worker, let it rest, go on or end');
  const one = (name: string, description: string) =>
    worker
      .command(name)
      .description(description)
      .argument('<worker>', 'its id, the beginning of it, or the name of its agent');
  one('show', 'all there is to know of a worker; of one that crashed also what it said last').action(
    async (key: string, _options, command: Command) => {
      const { showWorker } = await import('../show-worker.ts');
      await showWorker(key, globalOptions(command));
    },
  );
  one('log', 'print the log of a worker')
    .option('-f, --follow', 'go on until it ends', false)
    .action(printLog);
  one('drain', 'let a worker finish what it has, and end').action((key: string, _options, command: Command) =>
    change(key, command, (workerId) => ({ type: 'worker.drain', workerId })),
  );
  one('pause', 'let a worker take no further task; it stays, and goes on with what it has')
    .requiredOption('--reason <text>', 'why; whoever waits reads it')
    .action((key: string, { reason }: { reason: string }, command: Command) =>
      change(key, command, (workerId) => ({ type: 'worker.pause', workerId, reason })),
    );
  one('resume', 'let a paused worker take tasks again').action((key: string, _options, command: Command) =>
    change(key, command, (workerId) => ({ type: 'worker.resume', workerId })),
  );
  one('end', 'end a worker at once; its tasks go back, and a process that a host started is killed')
    .option('--reason <text>', 'why; it is kept with the attempt', 'ended by hand')
    .action((key: string, { reason }: { reason: string }, command: Command) =>
      change(key, command, (workerId) => ({ type: 'worker.end', workerId, outcome: 'stopped', reason })),
    );
}

/** Shows the worker as it is then. */
async function change(
  key: string,
  command: Command,
  asked: (workerId: WorkerId) => CommandInput,
): Promise<void> {
  const options = globalOptions(command);
  const { withCompany } = await import('../company-session.ts');
  const { readNames } = await import('../documents/names.ts');
  const { workerDocument } = await import('../documents/worker-document.ts');
  const { findWorker } = await import('../find-worker.ts');
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    const { id } = await findWorker(coordination, key);
    await coordination.command(asked(id));
    const [workers, names] = await Promise.all([coordination.query('workers', {}), readNames(coordination)]);
    const [worker] = workers.filter((each) => each.id === id).map((each) => workerDocument(each, names));
    output.answer({ worker: worker ?? null }, () => {
      const paused = worker?.paused == null ? '' : `, paused: ${plainLine(worker.paused)}`;
      return worker
        ? `${worker.id} of ${plainLine(worker.agent)} is ${worker.state}${paused}.`
        : `${id} has ended.`;
    });
  });
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
      else process.stdout.write(plainText(text));
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
