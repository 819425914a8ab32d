/** A real keychain for tests: a session bus of its own, and gnome-keyring on it, unlocked. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ensureDebianPackages } from '../../build/debian.ts';

export interface TestKeychain {
  /** What leads a program to it. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export async function startKeychain(): Promise<TestKeychain> {
  await ensureDebianPackages(['gnome-keyring', 'dbus-daemon']);
  const home = await mkdtemp(join(tmpdir(), 'agentcoord-keychain-'));
  const run = join(home, 'run');
  await mkdir(run, { mode: 0o700 });
  const own = { PATH: process.env['PATH'] ?? '', HOME: home, XDG_RUNTIME_DIR: run };
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
    env: own,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [address] = (await once(bus.stdout, 'data')) as [Buffer];
  const env = { HOME: home, XDG_RUNTIME_DIR: run, DBUS_SESSION_BUS_ADDRESS: String(address).trim() };
  const keyring = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env: { ...own, ...env },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  keyring.stdin.end('a login password');
  // It makes it when it has been unlocked, and listens by then.
  await until(join(home, '.local', 'share', 'keyrings', 'login.keyring'));
  return {
    env,
    stop: async () => {
      for (const child of [keyring, bus]) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function until(file: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (existsSync(file)) return;
    await pause(50);
  }
  throw new Error('gnome-keyring did not come up');
}
