/** Real servers of Redis for tests: each in a temporary folder, on a free port of the loopback. */
import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ensureDebianPackages } from '../../../build/debian.ts';

const run = promisify(execFile);

export interface RedisServer {
  readonly port: number;
  readonly folder: string;
  /** Sends a signal to it; with one that ends it, resolves when it has. */
  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Starts it again on the same port, in the same folder. */
  restart(): Promise<void>;
  /** What `redis-cli` answers. */
  cli(...args: string[]): Promise<string>;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** More of its configuration, as arguments. */
  readonly args?: readonly string[];
  /** How `redis-cli` gets in. */
  readonly cliArgs?: readonly string[];
  readonly sentinelConfig?: string;
  /** Its own; a free one unless it is given. */
  readonly port?: number;
}

/** @throws Error when it can't be installed or does not answer within 20 s */
export async function startRedisServer(options: ServerOptions = {}): Promise<RedisServer> {
  await ensureDebianPackages(['redis-server', 'redis-tools']);
  const folder = await mkdtemp(path.join(tmpdir(), 'agentcoord-redis-'));
  const port = options.port ?? (await freePort());
  const cli = async (...args: string[]): Promise<string> => {
    const { stdout } = await run('redis-cli', ['-p', String(port), ...(options.cliArgs ?? []), ...args]);
    return stdout.trim();
  };
  let server = await start(folder, port, options, cli);
  const stop = async (signal: 'SIGKILL' | 'SIGTERM') => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGCONT');
    server.kill(signal);
    await ended;
  };
  return {
    port,
    folder,
    cli,
    signal: async (signal) => {
      if (signal === 'SIGKILL' || signal === 'SIGTERM') await stop(signal);
      else server.kill(signal);
    },
    restart: async () => {
      await stop('SIGTERM');
      server = await start(folder, port, options, cli);
    },
    stop: async () => {
      await stop('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function start(
  folder: string,
  port: number,
  { args = [], sentinelConfig }: ServerOptions,
  cli: RedisServer['cli'],
): Promise<ChildProcess> {
  const listen = args.includes('--port') ? [] : ['--port', String(port)];
  const own = ['--bind', '127.0.0.1', '--dir', folder, ...listen];
  const kind =
    sentinelConfig === undefined
      ? [...own, '--appendonly', 'yes', '--save', '']
      : [sentinelConfig, ...own, '--sentinel'];
  const server = spawn('redis-server', [...kind, ...args], { stdio: 'ignore' });
  for (let tries = 0; tries < 200; tries += 1) {
    if (server.exitCode !== null) throw new Error(`redis-server ended with code ${server.exitCode}`);
    const answer = await cli('PING').catch(() => '');
    if (answer === 'PONG') return server;
    await pause(100);
  }
  throw new Error(`Redis does not answer on port ${port}`);
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
