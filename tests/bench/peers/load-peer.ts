/** Installs and loads the packages that only the benchmark uses, in the benchmark's own folder. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { runCommand } from '../../../build/run-command.ts';

const folder = path.join(import.meta.dirname, '..');
const modules = path.join(folder, 'node_modules');
const require = createRequire(path.join(folder, 'package.json'));

/**
 * By the lockfile beside this benchmark; the project's own packages are left alone. Not by `npm ci`, which asks for builds of
 * other platforms in the lockfile that a registry need not have.
 */
export async function installPeers(): Promise<void> {
  if (existsSync(path.join(modules, '.package-lock.json'))) return;
  process.stderr.write('Installing what AgentCoord is compared with …\n');
  await runCommand('npm', ['install', '--no-save', '--ignore-scripts'], { cwd: folder });
}

/** @param Shape the part of it that the benchmark uses: its own types are not there when the project is checked */
export function loadPeer<Shape>(name: string): Shape {
  return require(name) as Shape;
}

/** Such as `6.7.0`. */
export function peerVersion(name: string): string {
  const { version } = JSON.parse(readFileSync(path.join(modules, name, 'package.json'), 'utf8'));
  return String(version);
}
