/** `agentcoord worker show|log|spawn|retry|drain|pause|resume|end`: what a worker process has said; to let it end, rest and go on. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Coordination } from '../../contract/rpc.ts';
import type { CommandInput } from '../../core/command.ts';
import type { RoleId, WorkerId } from '../../core/ids.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { plainLine, plainText } from '../output/plain-text.ts';
import { wholeNumber } from './shared-options.ts';

const pollMs = 300;
/** How long one waits for a worker to be ready, in seconds. */
const usualWait = 60;

interface SpawnWish {
  readonly agent?: string;
  readonly role?: string;
  readonly count?: number;
  readonly launcher?: string;
  readonly runner?: string;
  readonly wait?: number;
}

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
  worker
    .command('spawn')
    .description('start workers now, for an agent or for agents of a role, and wait until they are ready')
    .option('--agent <name>', 'the agent that they act for')
    .option('--role <role>', 'agents of that role, those without a worker first')
    .option('--count <number>', 'so many (default: 1)', wholeNumber(1, 100))
    .option('--launcher <name>', 'what starts them (default: the host’s)')
    .option('--runner <name>', 'what does their tasks (default: the agent’s, or the host’s)')
    .option('--wait <seconds>', 'wait at most so long (default: 60)', wholeNumber(1, 3_600))
    .action(async (wish: SpawnWish, command: Command) => {
      const { agent, role, count, launcher, runner, wait = usualWait } = wish;
      const { spawnWorkers } = await import('../spawn-workers.ts');
      const request = {
        ...(agent !== undefined && { agent }),
        ...(role !== undefined && { roleId: role as RoleId }),
        ...(count !== undefined && { count }),
        ...(launcher !== undefined && { launcher }),
        ...(runner !== undefined && { runner }),
      };
      await spawnWorkers(request, wait * 1_000, globalOptions(command));
    });
  one('retry', 'start another worker like this one, at once')
    .option('--wait <seconds>', 'wait at most so long (default: 60)', wholeNumber(1, 3_600))
    .action(async (key: string, { wait = usualWait }: { wait?: number }, command: Command) => {
      const { retryWorker } = await import('../spawn-workers.ts');
      await retryWorker(key, wait * 1_000, globalOptions(command));
    });
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
