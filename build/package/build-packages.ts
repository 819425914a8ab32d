/** Turns the built programs and an Electron into packages. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'electron-builder';
import { runCommand } from '../run-command.ts';
import { builderSettings, manifest } from './builder-settings.ts';
import { buildDebianPackage } from './debian-package.ts';
import { writeIcon } from './icon.ts';
import { writeUpdateLists } from './update-list.ts';

/** `dir` is the app as it is unpacked, without a package around it. */
export const packageTargets = ['dir', 'deb', 'AppImage', 'tar.gz', 'dmg', 'nsis'] as const;
export type PackageTarget = (typeof packageTargets)[number];

const targetsOf: Readonly<Record<string, readonly PackageTarget[]>> = {
  linux: ['deb', 'AppImage', 'tar.gz'],
  darwin: ['dmg'],
  win32: ['nsis'],
};

export interface PackageOptions {
  /** None: those of this system. */
  readonly targets: readonly PackageTarget[];
  /** The folder that gets the packages, and the unpacked app beside them. */
  readonly out: string;
  /** A whole Electron; null: the one of package.json, which electron-builder fetches. */
  readonly electronDist: string | null;
  /** Hardly pressed: for packages that are unpacked at once, not handed out. */
  readonly isQuick?: boolean;
}

/** @returns the paths of what was built */
export async function buildPackages({
  targets,
  out,
  electronDist,
  isQuick = false,
}: PackageOptions): Promise<string[]> {
  const wanted = targets.length > 0 ? targets : (targetsOf[process.platform] ?? ['dir']);
  const icons = await mkdtemp(path.join(tmpdir(), 'agentcoord-icon-'));
  try {
    const icon = await writeIcon(icons);
    const config = await builderSettings({ out, icon, electronDist });
    const byBuilder = wanted.filter((target) => !isOurs(target));
    const built = await build({
      config,
      publish: 'never',
      [platformFlag()]: byBuilder.length > 0 ? byBuilder : ['dir'],
    });
    const app = path.join(out, 'linux-unpacked');
    if (wanted.includes('deb')) built.push(await buildDebianPackage({ app, out, icon, isQuick }));
    if (wanted.includes('tar.gz')) built.push(await buildArchive(app, out, isQuick));
    return [...built, ...(await writeUpdateLists(built, out))];
  } finally {
    await rm(icons, { recursive: true, force: true });
  }
}

/** For these electron-builder would fetch tools from the net; the system has them. */
const isOurs = (target: PackageTarget): boolean => target === 'deb' || target === 'tar.gz';

async function buildArchive(app: string, out: string, isQuick: boolean): Promise<string> {
  const name = `agentcoord-${manifest.version}`;
  const file = path.join(out, `${name}-${process.platform}-${process.arch}.tar.gz`);
  const rename = `s,^${path.basename(app)},${name},`;
  const press = `--use-compress-program=gzip -${isQuick ? 1 : 9}`;
  await runCommand('tar', ['-cf', file, press, '-C', out, `--transform=${rename}`, path.basename(app)]);
  return file;
}

function platformFlag(): 'linux' | 'mac' | 'win' {
  if (process.platform === 'darwin') return 'mac';
  return process.platform === 'win32' ? 'win' : 'linux';
}
