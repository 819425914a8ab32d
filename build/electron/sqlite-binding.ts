/** Gives an Electron a better-sqlite3 addon that it can load, compiling one if the shipped one is too new for it. */
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { cacheFolder } from '../project-folder.ts';
import { runCommand } from '../run-command.ts';

const require = createRequire(import.meta.url);
const packageFolder = path.dirname(require.resolve('better-sqlite3/package.json'));

/** The Node-API version that better-sqlite3's shipped addons ask for. */
const shippedNodeApi = 10;

/** Where an Electron's addon is, and whether it must be compiled to get there. */
export interface SqliteBindingPlan {
  readonly executable: string;
  readonly binding: string;
  readonly compiled: boolean;
}

export async function planSqliteBinding(executable: string): Promise<SqliteBindingPlan> {
  const versions: { electron: string; napi: string } = JSON.parse(
    await runAsNode(executable, ['--print', 'JSON.stringify(process.versions)']),
  );
  const target = `${process.platform}-${process.arch}`;
  if (Number(versions.napi) >= shippedNodeApi) {
    return { executable, binding: path.join(packageFolder, 'prebuilds', `${target}.node`), compiled: false };
  }
  const { version } = JSON.parse(await readFile(path.join(packageFolder, 'package.json'), 'utf8'));
  const name = `better-sqlite3-${version}-electron-${versions.electron}-${target}.node`;
  return { executable, binding: path.join(cacheFolder, 'sqlite-binding', name), compiled: true };
}

/**
 * Compiles the addon that a plan asks for (about 80 s). It is kept only after that Electron has loaded it.
 * One call at a time: it works in a fixed folder, so that what an interrupted one left behind goes away.
 * @throws Error with the compiler's output
 */
export async function compileSqliteBinding({ executable, binding }: SqliteBindingPlan): Promise<void> {
  const folder = path.dirname(binding);
  await mkdir(folder, { recursive: true });
  const copy = path.join(folder, 'compiling');
  await rm(copy, { recursive: true, force: true });
  try {
    process.stderr.write('Compiling better-sqlite3 for the test Electron (once, about 80 s)\n');
    await cp(packageFolder, copy, { recursive: true });
    await relaxNodeApiVersion(path.join(copy, 'binding.gyp'));
    await runCommand(
      process.execPath,
      [require.resolve('node-gyp/bin/node-gyp.js'), 'rebuild', ...gypOptions()],
      {
        cwd: copy,
        // binding.gyp calls a bare `node`.
        env: { PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH'] ?? ''}` },
      },
    );
    const built = path.join(copy, 'build', 'Release', 'better_sqlite3.node');
    await loadInElectron(executable, built);
    await rename(built, binding);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** A Node-API 9 runtime refuses an addon that asks for 10, but takes one that asks for no fixed version. */
async function relaxNodeApiVersion(gypFile: string): Promise<void> {
  const before = await readFile(gypFile, 'utf8');
  const after = before.replace(
    "'NAPI_VERSION=10'",
    "'NAPI_EXPERIMENTAL', 'NODE_API_EXPERIMENTAL_NO_WARNING'",
  );
  if (after === before)
    throw new Error(
      `${gypFile} does not set NAPI_VERSION=10: better-sqlite3 has changed; adapt this script.`,
    );
  await writeFile(gypFile, after);
}

function gypOptions(): string[] {
  const options = ['--release', '--force_build=1'];
  // The headers lie beside the running Node; without them node-gyp would download some.
  const nodeFolder = path.resolve(process.execPath, '../..');
  const hasHeaders = existsSync(path.join(nodeFolder, 'include', 'node', 'node_api.h'));
  return hasHeaders ? [...options, `--nodedir=${nodeFolder}`] : options;
}

async function loadInElectron(executable: string, nativeBinding: string): Promise<void> {
  const script = `
    const Database = require(${JSON.stringify(packageFolder)});
    new Database(':memory:', { nativeBinding: ${JSON.stringify(nativeBinding)} }).prepare('SELECT 1').get();`;
  await runAsNode(executable, ['--eval', script]);
}

async function runAsNode(executable: string, args: readonly string[]): Promise<string> {
  return await runCommand(executable, args, { env: { ELECTRON_RUN_AS_NODE: '1' } });
}
