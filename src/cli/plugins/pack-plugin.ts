/** Makes an archive of a plugin, signed if the author has a key. */
import type { KeyObject } from 'node:crypto';
import { createPrivateKey } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { CoordError } from '../../core/error.ts';
import { archiveExtension, openArchive, packPlugin } from '../../plugin-host/archive/plugin-archive.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';

/** @throws CoordError `PLUGIN_INVALID`; `BAD_INPUT` - the key */
export async function packToFile(
  folder: string,
  { key, out }: { readonly key?: string; readonly out?: string },
  command: Command,
): Promise<void> {
  const output = openOutput(globalOptions(command).json);
  const { manifest, bytes } = await packPlugin(
    resolve(folder),
    key === undefined ? null : await readKey(key),
  );
  const file = resolve(out ?? `${manifest.id}-${manifest.version}${archiveExtension}`);
  // Read as whoever installs it will.
  const { signer } = openArchive(bytes, file);
  await writeFile(file, bytes).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new CoordError('BAD_INPUT', `${file} can’t be written: ${why}`, { file });
  });
  output.answer({ file, bytes: bytes.length, signer }, () =>
    [file, signer === null ? 'It is not signed: --key signs it.' : `Signed by ${signer}.`].join('\n'),
  );
}

async function readKey(file: string): Promise<KeyObject> {
  try {
    const key = createPrivateKey(await readFile(file));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Nobody knows what stands in it.
  }
  throw new CoordError(
    'BAD_INPUT',
    `${file} holds no ed25519 private key in PEM. Make one in another file: openssl genpkey -algorithm ed25519 -out author-ed25519.pem`,
    { file },
  );
}
