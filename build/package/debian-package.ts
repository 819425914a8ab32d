/** Makes a .deb of the unpacked app: the desktop program in the menu, `agentcoord` on the PATH. */
/// <reference path="./electron-installer-debian.d.ts" />
import path from 'node:path';
import createDebianPackage from 'electron-installer-debian';
import { ensureDebianPackages } from '../debian.ts';
import { manifest } from './builder-settings.ts';

export interface DebianPackageOptions {
  /** The unpacked app. */
  readonly app: string;
  readonly out: string;
  readonly icon: string;
  readonly isQuick: boolean;
}

const architectures: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** @returns the path of the package */
export async function buildDebianPackage({ app, out, icon, isQuick }: DebianPackageOptions): Promise<string> {
  await ensureDebianPackages(['fakeroot', 'dpkg']);
  const arch = architectures[process.arch] ?? process.arch;
  await createDebianPackage({
    src: app,
    dest: out,
    arch,
    options: {
      name: 'agentcoord',
      productName: 'AgentCoord',
      genericName: 'Agent coordination',
      description: manifest.description,
      productDescription:
        'The desktop app, the command line agentcoord, the workers, and the templates of companies.',
      version: manifest.version,
      maintainer: manifest.author,
      section: 'devel',
      // The command line gets the link on the PATH; the desktop entry names the desktop program.
      bin: 'agentcoord',
      desktopTemplate: path.join(import.meta.dirname, 'agentcoord.desktop.ejs'),
      icon: { '512x512': icon },
      categories: ['Development', 'Office'],
      mimeType: ['x-scheme-handler/agentcoord'],
      compression: isQuick ? 'none' : 'zstd',
    },
  });
  return path.join(out, `agentcoord_${manifest.version}_${arch}.deb`);
}
