/** A Docker engine of the tests' own, in a temporary folder; where none can be started, that is told and the tests fail. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Docker from 'dockerode';
import { ensureDebianPackages } from '../../build/debian.ts';
import { projectFolder } from '../../build/project-folder.ts';
import { importImage } from '../../src/launchers/docker/worker-image.ts';

export interface TestEngine {
  readonly engine: Docker;
  /** For DOCKER_HOST. */
  readonly address: string;
  readonly image: string;
  close(): Promise<void>;
}

const image = 'agentcoord-worker:test';

/** With the image of a worker in it, made of this machine's own Node. The name of its folder is short: it holds a socket. */
export async function startEngine(): Promise<TestEngine> {
  await ensureDebianPackages(['docker.io']);
  const folder = path.join(tmpdir(), `ac-docker-${process.pid}`);
  const socketPath = path.join(folder, 'd.sock');
  const place = (name: string) => path.join(folder, name);
  const daemon = spawn(
    'dockerd',
    [
      ...['--host', `unix://${socketPath}`, '--data-root', place('data'), '--exec-root', place('exec')],
      ...[
        '--pidfile',
        place('pid'),
        '--bridge=none',
        '--iptables=false',
        '--ip-forward=false',
        '--ip-masq=false',
      ],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  for (const output of [daemon.stdout, daemon.stderr]) output.on('data', (text) => (said += String(text)));
  const gone = once(daemon, 'exit');
  const close = async () => {
    daemon.kill('SIGTERM');
    await gone;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  daemon.on('error', (error) => (said += error.message));
  const engine = new Docker({ socketPath });
  for (let tries = 0; ; tries += 1) {
    const isUp = await engine.ping().then(
      () => true,
      () => false,
    );
    if (isUp) break;
    if (tries > 300 || daemon.exitCode !== null) {
      daemon.kill('SIGKILL');
      throw new Error(
        `NO DOCKER ENGINE: these tests need a machine that may start dockerd (root, cgroups, overlay). It said:\n${said.slice(-2_000)}`,
      );
    }
    await pause(100);
  }
  try {
    await importImage({ engine, tag: image, installation: projectFolder });
  } catch (error) {
    await close();
    throw error;
  }
  return { engine, address: `unix://${socketPath}`, image, close };
}

/** What stands in a file of a container's log. */
export const textOf = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '');
