/** `agentcoord serve`: a host without a window; the same UI in the browser. */
import { once } from 'node:events';
import type { Command } from 'commander';
import { Option } from 'commander';
import type { WorkspaceMode } from '../../contract/task-tree.ts';
import { workspaceModes } from '../../contract/task-tree.ts';
import { CoordError } from '../../core/error.ts';
import type { RunnerChoice } from '../../core/org/org.ts';
import type { WorkerDoorChoice } from '../../serve/worker-door.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { anybodyOption } from './redis-options.ts';
import { wholeNumber } from './shared-options.ts';

interface ServeOptions {
  readonly port?: number;
  readonly http: boolean;
  readonly workers?: number;
  readonly llmCalls?: number;
  readonly launcher?: string;
  readonly dockerImage?: string;
  readonly dockerNetwork?: string;
  readonly workerMemory?: number;
  readonly workerCpus?: number;
  readonly workerPids?: number;
  readonly publicUrl?: string;
  readonly publicPort?: number;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly runner?: string;
  readonly model?: string;
  readonly workspace?: string;
  readonly workspaceMode?: WorkspaceMode;
  readonly redisUrl?: string;
  readonly anybodyMayReadIt?: boolean;
  readonly otlpEndpoint?: string;
}

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description(
      'run the company: start workers as they are needed, serve the UI to browsers of this machine',
    )
    .option(
      '--port <number>',
      'of the UI (default: 4170, or a free one when that is taken)',
      wholeNumber(0, 65_535),
    )
    .option('--no-http', 'serve no UI')
    .option(
      '--workers <number>',
      'at most so many worker processes at once; 0: none, nobody works',
      wholeNumber(0, 1_000),
    )
    .option(
      '--llm-calls <number>',
      'at most so many calls to language models at once, of all workers together (default: 16)',
      wholeNumber(1, 10_000),
    )
    .option(
      '--launcher <name>',
      'what starts workers that name no other: subprocess (default), docker or railway',
    )
    .option('--docker-image <name>', 'of workers in Docker (default: agentcoord-worker:latest)')
    .option('--docker-network <name>', 'of workers in Docker: none, a network of yours (default: bridge)')
    .option(
      '--worker-memory <MB>',
      'of a worker in Docker, at most, with its scratch space (default: 2048)',
      wholeNumber(32, 1_000_000),
    )
    .option(
      '--worker-cpus <number>',
      'cores of a worker in Docker, at most (default: 2)',
      wholeNumber(1, 1_000),
    )
    .option(
      '--worker-pids <number>',
      'processes of a worker in Docker, at most (default: 256)',
      wholeNumber(8, 100_000),
    )
    .option(
      '--public-url <url>',
      'where workers on other machines reach this host: wss://host.example.org/worker (default: $AGENTCOORD_PUBLIC_URL, or none)',
    )
    .option(
      '--public-port <number>',
      'where it listens for them: for all with a certificate, else for a proxy on this machine (default: that of the address, or 4171)',
      wholeNumber(0, 65_535),
    )
    .option('--tls-cert <file>', 'certificate of the public address with its chain, in PEM')
    .option('--tls-key <file>', 'its key, in PEM')
    .option('--runner <name>', 'what executes the tasks of agents that name no runner of their own')
    .option(
      '--model <model>',
      'of the runner llm, perhaps with its provider: claude-sonnet-5, openai/gpt-5 (default: as “models set” has it)',
    )
    .option(
      '--workspace <folder>',
      'where members write files under a lock; it must be there (default: a folder of the company’s own)',
    )
    .addOption(
      new Option(
        '--workspace-mode <mode>',
        'shared: all tasks write there under locks; worktree: each gets a git worktree and a branch from there (default: shared)',
      ).choices(workspaceModes),
    )
    .option(
      '--redis-url <url>',
      'the Redis that hosts share, without a password (default: $AGENTCOORD_REDIS_URL, $REDIS_URL, or as “redis set” has it)',
    )
    .addOption(anybodyOption())
    .option(
      '--otlp-endpoint <url>',
      'send traces of epics and tasks to this OpenTelemetry collector over OTLP/HTTP (default: $OTEL_EXPORTER_OTLP_ENDPOINT, or nowhere)',
    )
    .action(serve);
}

function launcherOf({
  launcher,
  dockerImage,
  dockerNetwork,
  workerMemory,
  workerCpus,
  workerPids,
}: ServeOptions) {
  return {
    ...(launcher !== undefined && { usual: launcher }),
    docker: {
      ...(dockerImage !== undefined && { image: dockerImage }),
      ...(dockerNetwork !== undefined && { network: dockerNetwork }),
      limits: {
        ...(workerMemory !== undefined && { memory: workerMemory * 1024 * 1024 }),
        ...(workerCpus !== undefined && { cpus: workerCpus }),
        ...(workerPids !== undefined && { pids: workerPids }),
      },
    },
  };
}

function doorOf({ publicUrl, publicPort, tlsCert, tlsKey }: ServeOptions): WorkerDoorChoice | null {
  const url = publicUrl ?? process.env['AGENTCOORD_PUBLIC_URL'];
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    throw new CoordError('BAD_INPUT', 'A certificate needs its key: give both --tls-cert and --tls-key');
  }
  if (url === undefined || url === '') {
    if (publicPort === undefined && tlsCert === undefined) return null;
    throw new CoordError('BAD_INPUT', 'Workers on other machines need an address: add --public-url wss://…');
  }
  const tls = tlsCert !== undefined && tlsKey !== undefined ? { cert: tlsCert, key: tlsKey } : null;
  return { url, tls, ...(publicPort !== undefined && { port: publicPort }) };
}

async function serve(wish: ServeOptions, command: Command): Promise<void> {
  const { dataDir, json } = globalOptions(command);
  const { openHost } = await import('../../serve/open-host.ts');
  const { defaultDataDir } = await import('../../serve/data-directory.ts');
  const { rendererFolder } = await import('../../serve/installation.ts');
  const { stopSignal } = await import('../../serve/stop-signal.ts');
  const output = openOutput(json);
  const stop = stopSignal();
  const host = await openHost({
    name: 'agentcoord serve',
    dataDir: dataDir ?? defaultDataDir(),
    http: wish.http ? { port: wish.port ?? null, staticDir: rendererFolder } : null,
    log: output.note,
    review: async (wish) => (await import('../../serve/review/run-review.ts')).runReview(wish),
    ...(wish.workers !== undefined && { workers: wish.workers }),
    ...(wish.llmCalls !== undefined && { llmCalls: wish.llmCalls }),
    launcher: launcherOf(wish),
    workerDoor: doorOf(wish),
    ...runnerOf(wish),
    ...(wish.workspace !== undefined && { workspace: wish.workspace }),
    ...(wish.workspaceMode !== undefined && { workspaceMode: wish.workspaceMode }),
    redisUrl: wish.redisUrl ?? null,
    otlpEndpoint: wish.otlpEndpoint ?? null,
    openToAnybody: wish.anybodyMayReadIt ?? false,
  });
  try {
    const { socketPath, url } = host;
    // The token stands behind the # of the address, so no log and no referrer ever holds it.
    const address = url && `${url}/#token=${host.token}`;
    output.answer({ url: address, socket: socketPath, dataDir: host.dataDir, pid: process.pid }, () =>
      [
        `Serving ${host.dataDir}`,
        ...(address ? [`Open ${output.style('alive', address)}`] : []),
        'Ctrl-C stops the workers and the host.',
      ].join('\n'),
    );
    if (wish.workers === 0)
      output.note('No worker will be started (--workers 0): agents take no tasks here.');
    if (!stop.aborted) await once(stop, 'abort');
    output.note('Stopping: the workers finish or give back what they hold …');
  } finally {
    await host.close();
  }
}

/** A model alone means the runner that calls it. Left out: the one that needs nothing. */
function runnerOf({ runner, model }: ServeOptions): { runner?: RunnerChoice } {
  const name = runner ?? (model === undefined ? undefined : 'llm');
  if (name === undefined) return {};
  if (model === undefined) return { runner: { name, options: {} } };
  if (name !== 'llm') throw notForModels(name);
  const [, provider, own = model] = /^([^/]+)\/(.+)$/.exec(model) ?? [];
  return { runner: { name, options: { model: own, ...(provider !== undefined && { provider }) } } };
}

function notForModels(name: string): CoordError {
  return new CoordError(
    'BAD_INPUT',
    `The runner ${name} calls no model: leave --model out, or use --runner llm`,
  );
}
