/**
 * The image that `build/worker.Dockerfile` begins with, made of this machine's own Debian and Node, because there is no
 * registry here. Its `apt-get` is the real one, and finds what it is to install in place.
 */
import { spawn } from 'node:child_process';
import { lstat, mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type Docker from 'dockerode';
import { ensureDebianPackages } from '../../build/debian.ts';
import { runCommand } from '../../build/run-command.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** With all that they need, and what every Debian has. */
const packages = [
  'apt',
  'bash',
  'ca-certificates',
  'coreutils',
  'dash',
  'git',
  'libc-bin',
  'libstdc++6',
  'sed',
];
/** Nobody runs it. */
const isText = (file: string) => /^\/usr\/share\/(?:doc|man|info|locale|bash-completion)\//.test(file);

/** @param tag as the Dockerfile names it */
export async function importDebian(engine: Docker, tag: string): Promise<void> {
  await ensureDebianPackages(packages);
  const list = path.join(await temporaryFolder(), 'files');
  await writeFile(list, (await filesOf(await withAllThatTheyNeed())).join('\n'));
  const own = await ownFiles();
  const tar = spawn(
    'tar',
    ['--create', '--no-recursion', '-C', '/', '-T', list, '--recursion', '-C', own, '.'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [repo = tag, version = 'latest'] = tag.split(':');
  const searched = 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  // biome-ignore lint/nursery/useAwaitThenable: the overload with a callback hides that it is a promise
  const answer = await engine.importImage(tar.stdout, { repo, tag: version, changes: [searched] });
  await new Promise<void>((resolve, reject) => {
    engine.modem.followProgress(answer, (error: Error | null) => (error ? reject(error) : resolve()));
  });
}

async function withAllThatTheyNeed(): Promise<string[]> {
  const without = ['recommends', 'suggests', 'conflicts', 'breaks', 'replaces', 'enhances'];
  const all = await runCommand('apt-cache', [
    ...['depends', '--recurse', '--installed', ...without.map((kind) => `--no-${kind}`)],
    ...packages,
  ]);
  // What a package needs stands below it, with spaces before; what is only a name for others in brackets.
  const named = all.split('\n').filter((line) => /^[a-z0-9]/.test(line));
  const there = await runCommand('dpkg-query', ['--show', `--showformat=\${db:Status-Status} \${Package}\n`]);
  const isThere = new Set(there.split('\n').flatMap((line) => /^installed (.+)/.exec(line)?.[1] ?? []));
  return named.filter((name) => isThere.has(name));
}

/** Each where it really is: `/bin` and `/lib` are links. */
async function filesOf(names: readonly string[]): Promise<string[]> {
  const listed = await runCommand('dpkg-query', ['--listfiles', ...names]);
  const files = new Set(['/bin', '/sbin', '/lib', '/lib64']);
  for (const file of listed.split('\n')) {
    if (!file.startsWith('/') || isText(file)) continue;
    const folder = await realpath(path.dirname(file)).catch(() => null);
    const place = folder === null ? null : path.join(folder, path.basename(file));
    const stats = place && (await lstat(place).catch(() => null));
    if (place && stats && !stats.isDirectory()) files.add(place);
  }
  return [...files].map((file) => file.slice(1));
}

/** Node where its official image has it, a user for it, and what apt wants to find. */
async function ownFiles(): Promise<string> {
  const folder = await temporaryFolder();
  const put = async (file: string, bytes: string | Uint8Array, mode = 0o644) => {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), bytes, { mode });
  };
  await put('usr/local/bin/node', await readFile(process.execPath), 0o755);
  await put('etc/passwd', `${await readFile('/etc/passwd', 'utf8')}node:x:1000:1000::/home/node:/bin/sh\n`);
  for (const file of ['etc/group', 'etc/ld.so.cache', 'var/lib/dpkg/status'])
    await put(file, await readFile(`/${file}`));
  for (const empty of [
    'tmp',
    'run',
    'home/node',
    'var/lib/apt/lists/partial',
    'var/cache/apt/archives/partial',
  ])
    await mkdir(path.join(folder, empty), { recursive: true });
  return folder;
}
