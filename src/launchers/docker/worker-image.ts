/** Makes the image that workers run from: the worker's program with what it needs, and nothing of this person's. */
import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type Docker from 'dockerode';
import { CoordError } from '../../core/error.ts';
import { engineRefusal } from './engine-errors.ts';
import { packagesOf } from './packages-of.ts';

const run = promisify(execFile);

export interface WorkerImage {
  readonly engine: Docker;
  readonly tag: string;
  /** The folder that holds package.json, `out/` and `build/`. */
  readonly installation: string;
}

/** Inside the image. */
const home = '/agentcoord';
const program = `${home}/out/main/worker.js`;

/** By `build/worker.Dockerfile`, on an image with Node that comes from a registry. @throws CoordError `LAUNCH_FAILED` */
export async function buildImage({ engine, tag, installation }: WorkerImage): Promise<void> {
  await inFolder(async (folder) => {
    await layOut(installation, folder);
    await cp(path.join(installation, 'build', 'worker.Dockerfile'), path.join(folder, 'Dockerfile'));
    // biome-ignore lint/nursery/useAwaitThenable: the overload with a callback hides that it is a promise
    const answer = await engine.buildImage(tarOf(folder), { t: tag });
    await finished(engine, answer);
  }, tag);
}

/** Of this machine's own Node and libraries, without any registry: for Linux only. @throws CoordError `LAUNCH_FAILED` */
export async function importImage({ engine, tag, installation }: WorkerImage): Promise<void> {
  if (process.platform !== 'linux') {
    throw new CoordError('BAD_INPUT', 'An image of this machine’s own programs can only be made on Linux');
  }
  await inFolder(async (folder) => {
    await layOut(installation, path.join(folder, home));
    await copyProgram(await realpath(process.execPath), folder, '/usr/bin/node');
    // It is a link on most systems, and what it leads to would not be there.
    await copyProgram(await realpath('/bin/sh'), folder, '/bin/sh');
    for (const name of ['tmp', 'run/agentcoord', 'etc'])
      await mkdir(path.join(folder, name), { recursive: true });
    const [repo = tag, version = 'latest'] = tag.split(':');
    const changes = [`ENTRYPOINT ["/usr/bin/node","${program}"]`, `WORKDIR /tmp`, 'ENV PATH=/usr/bin:/bin'];
    // biome-ignore lint/nursery/useAwaitThenable: the overload with a callback hides that it is a promise
    const answer = await engine.importImage(tarOf(folder), { repo, tag: version, changes });
    await finished(engine, answer);
  }, tag);
}

/** The program, and the packages that it loads: of the installation itself, so that host and worker speak the same. */
async function layOut(installation: string, into: string): Promise<void> {
  await mkdir(into, { recursive: true });
  const { name, version, type } = JSON.parse(await readFile(path.join(installation, 'package.json'), 'utf8'));
  await writeFile(path.join(into, 'package.json'), JSON.stringify({ name, version, type }));
  const out = path.join('out', 'main');
  await cp(path.join(installation, out), path.join(into, out), {
    recursive: true,
    filter: (file) => !file.endsWith('.map'),
  });
  for (const { folder, inside } of await packagesOf(path.join(installation, out, 'worker.js'))) {
    await cp(folder, path.join(into, inside), {
      recursive: true,
      filter: (file) => !path.relative(folder, file).split(path.sep).includes('node_modules'),
    });
  }
}

/** With the libraries that it is linked to, each under its own path. */
async function copyProgram(from: string, root: string, to: string): Promise<void> {
  const { stdout } = await run('ldd', [from]);
  const libraries = [...stdout.matchAll(/(\/\S+) \(0x/g)].flatMap(([, file]) => file ?? []);
  for (const file of new Set(libraries)) await copyFile(await realpath(file), path.join(root, file));
  await copyFile(from, path.join(root, to));
}

async function copyFile(from: string, to: string): Promise<void> {
  await mkdir(path.dirname(to), { recursive: true });
  await cp(from, to);
}

/** Owned by nobody in particular, whoever builds it. */
function tarOf(folder: string): NodeJS.ReadableStream {
  const tar = spawn('tar', ['--create', '--owner=0', '--group=0', '--directory', folder, '.'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return tar.stdout;
}

/** An engine answers line by line, and says at the end that it has failed. */
async function finished(engine: Docker, answer: NodeJS.ReadableStream): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    engine.modem.followProgress(answer, (error: Error | null) => (error ? reject(error) : resolve()));
  });
}

async function inFolder(make: (folder: string) => Promise<void>, tag: string): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'agentcoord-image-'));
  try {
    await make(folder);
  } catch (error) {
    throw error instanceof CoordError ? error : engineRefusal(error, tag);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
