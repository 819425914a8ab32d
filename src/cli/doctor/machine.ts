/** The machine: Node, SQLite, the clock, and whether the app can open a window. */
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { sqliteVersion } from '../../log/sqlite/quick-check.ts';
import { sqliteOptions } from '../../serve/installation.ts';
import type { Finding } from './finding.ts';
import { fail, ok, warn } from './finding.ts';

const oldestNode = 24;

export function checkNode(): Finding {
  const { node } = process.versions;
  if (Number.parseInt(node, 10) >= oldestNode) return ok('node', `Node ${node}`);
  return fail('node', `Node ${node}`, `Install Node ${oldestNode} or newer`);
}

export function checkSqlite(): Finding {
  try {
    return ok('sqlite', `SQLite ${sqliteVersion(sqliteOptions)}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return fail(
      'sqlite',
      `its addon can’t be loaded: ${why}`,
      'Run "npm ci" again, with the Node that runs AgentCoord',
    );
  }
}

/** How long the two clocks are compared, and how far they may come apart, in ms. */
const compared = 500;
const mayDiffer = 20;

/** Leases are measured by a clock that nobody can set; dates are told by one that somebody might. */
export async function checkClock(): Promise<Finding> {
  const apart = () => Date.now() - performance.now();
  const before = apart();
  await pause(compared);
  const drift = Math.round(Math.abs(apart() - before));
  if (drift <= mayDiffer) return ok('clock', `steady: ${drift} ms apart after ${compared} ms`);
  return warn(
    'clock',
    `the clock of this machine was set by ${drift} ms while we looked`,
    'Leases and locks do not mind; have the clock kept by one service, so that dates are true',
  );
}

export function checkWindow(): Finding {
  const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const todo = 'Use the same UI in a browser: "agentcoord serve" prints its address';
  if (!hasDisplay) return warn('window', 'there is no display, so the app opens no window', todo);
  try {
    createRequire(import.meta.url).resolve('electron');
    return ok('window', 'Electron and a display are there');
  } catch {
    return warn('window', 'Electron is not installed', `${todo}; or run "npm install electron"`);
  }
}
