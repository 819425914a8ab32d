/** What a person has who has logged in: a home of their own, a screen, a session bus, and a program on it that shows notifications. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { expect } from 'vitest';
import { ensureDebianPackages } from '../../../build/debian.ts';
import { runCommand } from '../../../build/run-command.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { openDisplay } from '../electron/virtual-display.ts';

export interface DesktopSession extends AsyncDisposable {
  readonly home: string;
  readonly dataDir: string;
  /** Of every program in it. */
  readonly env: Readonly<Record<string, string>>;
  /** Resolves with each notification that was shown, as `title: body`, once one of them fits. */
  notification(pattern: RegExp): Promise<string[]>;
  /** Clicks the newest one. */
  clickNotification(): Promise<void>;
}

export async function openDesktopSession(): Promise<DesktopSession> {
  await ensureDebianPackages(['dbus-daemon', 'dbus-bin', 'dunst', 'xdg-utils']);
  const home = await temporaryFolder();
  const run = path.join(home, 'run');
  await mkdir(run, { mode: 0o700 });
  const display = await openDisplay();
  const children: ChildProcess[] = [];
  const start = (command: string, args: readonly string[], env: Readonly<Record<string, string>>) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
    children.push(child);
    return child;
  };
  const { ELECTRON_OVERRIDE_DIST_PATH: _, AGENTCOORD_SQLITE_BINDING: __, ...inherited } = process.env;
  const dataDir = path.join(home, 'data');
  const person = {
    ...definedOnly(inherited),
    ...{ HOME: home, XDG_CONFIG_HOME: path.join(home, '.config'), XDG_RUNTIME_DIR: run },
    ...(display.name && { DISPLAY: display.name }),
    AGENTCOORD_DATA_DIR: dataDir,
  };
  const bus = start('dbus-daemon', ['--session', '--nofork', '--print-address=1'], person);
  const [address] = await once(createInterface({ input: bus.stdout as Readable }), 'line');
  const env = { ...person, DBUS_SESSION_BUS_ADDRESS: String(address) };
  // What is shown stays until somebody has seen it.
  const settings = path.join(home, 'dunstrc');
  await writeFile(settings, '[urgency_normal]\ntimeout = 0\n');
  start('dunst', ['-conf', settings], env);
  // A line at a time: a pipe would get them by the page.
  const monitor = start('stdbuf', ['-oL', 'dbus-monitor', "member='Notify'"], env);
  let heard = '';
  monitor.stdout?.on('data', (chunk: Buffer) => {
    heard += String(chunk);
  });
  const dunstctl = (...words: string[]) => runCommand('dunstctl', words, { env });
  await expect.poll(() => dunstctl('is-paused').catch(String), { timeout: 20_000 }).toContain('false');
  return {
    home,
    dataDir,
    env,
    notification: async (pattern) => {
      await expect.poll(() => notificationsIn(heard).join('\n'), { timeout: 90_000 }).toMatch(pattern);
      return notificationsIn(heard);
    },
    clickNotification: async () => {
      // It is told of before it is on the screen.
      const displayed = async () => Number(await dunstctl('count', 'displayed'));
      await expect.poll(displayed, { timeout: 20_000 }).toBeGreaterThan(0);
      await dunstctl('action', '0');
    },
    [Symbol.asyncDispose]: async () => {
      for (const child of children.reverse()) {
        const ended = once(child, 'exit');
        if (child.exitCode === null && child.kill('SIGKILL')) await ended;
      }
      await display[Symbol.asyncDispose]();
    },
  };
}

/** As dbus-monitor writes the call: the name of the program, a number, an icon, the title, the body. */
function notificationsIn(heard: string): string[] {
  const calls = heard.matchAll(
    /member=Notify\n\s+string ".*"\n\s+uint32 \d+\n\s+string ".*"\n\s+string "(.*)"\n\s+string "(.*)"/g,
  );
  return [...calls].map(([, title, body]) => `${title}: ${body}`);
}

const definedOnly = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
