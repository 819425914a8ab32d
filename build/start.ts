/** `npm start`: opens the desktop app, or says in one line why not and serves the same UI in the browser. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { findInstalledElectron } from './electron/installed-electron.ts';
import { planSqliteBinding } from './electron/sqlite-binding.ts';
import { projectFolder } from './project-folder.ts';

process.exitCode = await start(process.argv.slice(2));

async function start(args: readonly string[]): Promise<number> {
  const desktop = await findDesktop();
  if ('executable' in desktop) {
    return run(desktop.executable, [...sandboxArgs(), projectFolder, ...args], desktop.env);
  }
  console.log(`No desktop window: ${desktop.obstacle}. Serving the same app in the browser instead.`);
  return run(process.execPath, [path.join(projectFolder, 'bin', 'agentcoord.js'), 'serve', ...args]);
}

/** The Electron to open the app with and what to add to its environment, or the one reason why not. */
async function findDesktop(): Promise<{ executable: string; env: NodeJS.ProcessEnv } | { obstacle: string }> {
  const electron = findInstalledElectron();
  if (electron === undefined) {
    return { obstacle: 'no Electron runtime is installed (`npx install-electron` fetches it)' };
  }
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return { obstacle: 'there is no display' };
  }
  const { executable } = electron;
  const sqlite = await planSqliteBinding(executable).catch(() => undefined);
  if (sqlite === undefined) {
    return {
      obstacle: `${executable} does not start (run it with --version to see which library it misses)`,
    };
  }
  if (!existsSync(sqlite.binding)) {
    return { obstacle: 'this Electron needs its own database addon (`npm run prepare-electron` builds it)' };
  }
  return { executable, env: sqlite.compiled ? { AGENTCOORD_SQLITE_BINDING: sqlite.binding } : {} };
}

/** Chromium has no sandbox for root (containers, build machines). */
function sandboxArgs(): string[] {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return [];
  console.log('Running as root: the desktop window opens without its sandbox.');
  return ['--no-sandbox'];
}

/** Runs a program with our streams; resolves with its exit code. Signals are passed on to it. */
function run(program: string, args: readonly string[], extraEnv: NodeJS.ProcessEnv = {}): Promise<number> {
  // In an Electron that is told to be Node the app would not open.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const child = spawn(program, args, { cwd: projectFolder, env: { ...env, ...extraEnv }, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}
