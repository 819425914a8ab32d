/** Starts workers in containers of their own: no network but the one that is named, no rights, no room to write but its own. */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { PassThrough } from 'node:stream';
import type Docker from 'dockerode';
import type { LaunchedProcess, Launcher, LaunchRequest, ProcessEnd } from '../../contract/launcher.ts';
import { CoordError } from '../../core/error.ts';
import type { WorkerId } from '../../core/ids.ts';
import { RotatingFile } from '../rotating-file.ts';
import { containerOf, ownerLabel, workerLabel } from './container.ts';
import type { DockerLimits, DockerOptions } from './docker-options.ts';
import { engineRefusal, engineTrouble } from './engine-errors.ts';
import { measureContainer } from './measure-container.ts';
import { ranOutOfMemory } from './memory-events.ts';

export function createDockerLauncher(options: DockerOptions): Launcher {
  const { network, logLimit = 8 * 1024 * 1024 } = options;
  if (network === 'host' || network.startsWith('container:')) {
    throw new CoordError(
      'BAD_INPUT',
      `Workers in Docker get no network of others (“${network}”): name bridge, none, or a network of your own`,
      { network },
    );
  }

  /** Workers whose containers the sweep removed, until somebody asks for them. */
  const swept = new Set<string>();
  let sweeping: Promise<void> | null = null;

  /** Once, before there are any of this run: whatever bears the mark of the host is left over. Again while nobody answers. */
  function sweep(): Promise<void> {
    sweeping ??= removeLeft(options, null).then(
      (left) => {
        for (const workerId of left) swept.add(workerId);
      },
      (error: unknown) => {
        sweeping = null;
        throw engineRefusal(error, options.image);
      },
    );
    return sweeping;
  }

  async function launch(request: LaunchRequest): Promise<LaunchedProcess> {
    const log = await RotatingFile.open(request.logFile, logLimit);
    let container: Docker.Container | null = null;
    try {
      const engine = await options.engine();
      container = await engine.createContainer(containerOf(request, options));
      const stream = await container.attach({
        stream: true,
        hijack: true,
        stdin: true,
        stdout: true,
        stderr: true,
      });
      const written = copyOutput(engine, stream, log);
      // Asked before it starts: it may end before the answer.
      const exited = container.wait({ condition: 'next-exit' });
      exited.catch(() => undefined);
      await container.start();
      // What a container is started with can be read by everybody who may ask the engine; its standard input can't.
      stream.end(`${request.token}\n${request.handover}\n`);
      const stopping = new AbortController();
      const ending = { engine, container, exited, written, log, stopping: stopping.signal };
      return launched(container, endOf(ending, options.limits), stopping);
    } catch (error) {
      await container?.remove({ force: true, v: true }).catch(() => undefined);
      await log.close();
      throw engineRefusal(error, options.image);
    }
  }

  return {
    name: 'docker',
    reach: 'socket',
    startsAtOnce: availableParallelism(),
    trouble: () => imageTrouble(options),
    launch: async (request) => {
      await sweep();
      return launch(request);
    },
    // A host that never starts a container has no use for an engine: whoever launches one sweeps first, and is told.
    removeOrphans: () => sweep().catch(() => undefined),
    killLeftover: async (workerId) => {
      await sweep();
      return swept.delete(workerId) || (await removeLeft(options, workerId)).length > 0;
    },
  };
}

async function imageTrouble({ engine, image }: DockerOptions): Promise<string | null> {
  try {
    await (await engine()).getImage(image).inspect();
    return null;
  } catch (error) {
    return engineTrouble(error, image);
  }
}

function launched(
  container: Docker.Container,
  ended: Promise<ProcessEnd>,
  stopping: AbortController,
): LaunchedProcess {
  return {
    pid: null,
    ended,
    stop: async (graceMs) => {
      stopping.abort();
      // Gone already is what is wanted.
      const asked = graceMs > 0 ? container.stop({ t: Math.ceil(graceMs / 1_000) }) : container.kill();
      await asked.catch(() => undefined);
      await ended;
    },
    measure: () => measureContainer(container),
  };
}

/** Both outputs come in one stream, in frames. */
async function copyOutput(engine: Docker, stream: NodeJS.ReadWriteStream, log: RotatingFile): Promise<void> {
  const lines = new PassThrough();
  engine.modem.demuxStream(stream, lines, lines);
  const ended = Promise.race([once(stream, 'end'), once(stream, 'close')]).catch(() => undefined);
  void ended.then(() => lines.end());
  for await (const chunk of lines) await log.write(chunk as Buffer);
}

/** The exit code of what was killed by SIGKILL. */
const killed = 137;

interface Ending {
  readonly engine: Docker;
  readonly container: Docker.Container;
  readonly exited: Promise<{ readonly StatusCode: number }>;
  readonly written: Promise<void>;
  readonly log: RotatingFile;
  /** Somebody wants it to end: nobody asks why it did. */
  readonly stopping: AbortSignal;
}

async function endOf(
  { engine, container, exited, written, log, stopping }: Ending,
  { memory }: DockerLimits,
): Promise<ProcessEnd> {
  const end = await exited.then(
    async ({ StatusCode: code }): Promise<ProcessEnd> => {
      const state = await container.inspect().then(
        ({ State }) => State,
        () => null,
      );
      const isKilled = code === killed && !stopping.aborted;
      // The engine says so of any process inside: a worker whose command was killed goes on.
      if (code !== 0 && (state?.OOMKilled || (isKilled && (await ranOutOfMemory(engine, container))))) {
        return { clean: false, reason: `killed: it needed more than ${memory / 1_048_576} MB of memory` };
      }
      if (code > 128) return { clean: false, reason: `killed by signal ${code - 128}` };
      return { clean: code === 0, reason: `exit code ${code}` };
    },
    (error: unknown): ProcessEnd => ({
      clean: false,
      reason: `the Docker engine lost it: ${error instanceof Error ? error.message : String(error)}`,
    }),
  );
  await written.catch(() => undefined);
  await log.close();
  await container.remove({ force: true, v: true }).catch(() => undefined);
  return end;
}

/**
 * Found by its labels, whether or not it ever reported.
 * @param workerId null: of every worker of this host
 * @returns whose were there
 */
async function removeLeft(
  { engine: connect, owner }: DockerOptions,
  workerId: WorkerId | null,
): Promise<string[]> {
  const engine = await connect();
  const ofWorker = workerId === null ? [] : [`${workerLabel}=${workerId}`];
  // biome-ignore lint/nursery/useAwaitThenable: the overload with a callback hides that it is a promise
  const left = await engine.listContainers({
    all: true,
    filters: { label: [...ofWorker, `${ownerLabel}=${owner}`] },
  });
  for (const { Id } of left) {
    // biome-ignore lint/nursery/useAwaitThenable: the overload with a callback hides that it is a promise
    await engine.getContainer(Id).remove({ force: true, v: true });
  }
  return left.map(({ Labels }) => Labels[workerLabel] ?? '');
}
