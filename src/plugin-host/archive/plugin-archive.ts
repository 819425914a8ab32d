/** A plugin in one file, `.acplug`: a zip with a list of what is in it by SHA-256, and the author's signature over that list if they have a key. */
import type { KeyObject } from 'node:crypto';
import { createHash, createPublicKey, sign, verify } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { z } from 'zod';
import type { Manifest } from '../../contract/plugin/manifest.ts';
import { manifestName, parseManifest, readPlugin } from '../read-plugin.ts';
import { invalidPlugin } from '../refusals.ts';
import { readInstallNote, requireMayReplace, writeInstallNote } from './install-note.ts';
import type { ZipEntry } from './zip.ts';
import { readZip, writeZip, ZipRefused } from './zip.ts';

export const archiveExtension = '.acplug';
const checksumsName = 'checksums.json';
const signatureName = 'signature.json';
const limits = { entries: 5_000, entryBytes: 64 * 1024 * 1024, totalBytes: 128 * 1024 * 1024 };
const longestArchive = 64 * 1024 * 1024;

const checksumsSchema = z.strictObject({
  algorithm: z.literal('sha256'),
  files: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
});
const signatureSchema = z.strictObject({
  algorithm: z.literal('ed25519'),
  /** SPKI, base64. */
  publicKey: z.string().max(200),
  /** Over the bytes of `checksums.json`, base64. */
  signature: z.string().max(200),
});

export interface OpenedArchive {
  readonly manifest: Manifest;
  readonly files: readonly ZipEntry[];
  /** By whose key it is signed: the SHA-256 of the public key; null: it is not signed. */
  readonly signer: string | null;
  /** SHA-256 of the archive. */
  readonly sum: string;
  readonly where: string;
}

/** @param key of the author, ed25519; null: it is not signed @throws CoordError `PLUGIN_INVALID` */
export async function packPlugin(
  folder: string,
  key: KeyObject | null,
): Promise<{ manifest: Manifest; bytes: Buffer }> {
  const { manifest, folder: root } = await readPlugin(folder);
  const files = await filesBelow(root);
  const sums = Object.fromEntries(files.map(({ path, bytes }) => [path, sha256(bytes)]));
  const checksums = Buffer.from(JSON.stringify({ algorithm: 'sha256', files: sums }, null, 2));
  const added = [{ path: checksumsName, bytes: checksums }, ...(key ? [signatureOver(checksums, key)] : [])];
  return { manifest, bytes: writeZip([...added, ...files]) };
}

/** Checks all of it; nothing is written. @throws CoordError `PLUGIN_INVALID` */
export function openArchive(bytes: Buffer, where: string): OpenedArchive {
  const entries = new Map(readEntries(bytes, where).map((entry) => [entry.path, entry.bytes]));
  const checksums = entries.get(checksumsName);
  if (!checksums) throw invalidPlugin(where, `it has no ${checksumsName}`);
  const signature = entries.get(signatureName);
  const signer = signature ? signerOf(signature, checksums, where) : null;
  entries.delete(checksumsName);
  entries.delete(signatureName);
  requireSums(entries, documentIn(checksumsSchema, checksums, checksumsName, where).files, where);
  const manifest = entries.get(manifestName);
  if (!manifest) throw invalidPlugin(where, `it has no ${manifestName}`);
  const checked = parseManifest(manifest.toString('utf8'), where);
  if (!entries.has(checked.main)) {
    throw invalidPlugin(where, `main: there is no ${checked.main} in it`, { fields: ['main'] });
  }
  return {
    manifest: checked,
    signer,
    sum: sha256(bytes),
    where,
    files: [...entries].map(([path, file]) => ({ path, bytes: file })),
  };
}

/** @throws CoordError `PLUGIN_INVALID` */
export async function readArchive(file: string): Promise<OpenedArchive> {
  const found = await lstat(file).catch(() => null);
  if (!found?.isFile()) throw invalidPlugin(file, 'there is no such file');
  if (found.size > longestArchive) throw invalidPlugin(file, `it is larger than ${longestArchive} bytes`);
  return openArchive(await readFile(file), file);
}

/**
 * Does nothing where this very archive was unpacked before.
 * @throws CoordError `PLUGIN_INVALID` - what is there is not to be replaced by it
 */
export async function unpackOnce(
  archive: OpenedArchive,
  folder: string,
  { mayChangeSigner = false }: { readonly mayChangeSigner?: boolean } = {},
): Promise<void> {
  const { manifest, where, signer, sum } = archive;
  if ((await readInstallNote(folder))?.sum === sum) return;
  await requireMayReplace(folder, { id: manifest.id, where, signer }, mayChangeSigner);
  await unpackArchive(archive, folder);
}

/** Puts it where a folder may be already: the new one is there whole, or the old one is. */
async function unpackArchive({ files, sum, signer }: OpenedArchive, folder: string): Promise<void> {
  const unfinished = `${folder}.new-${process.pid}`;
  const before = `${folder}.old-${process.pid}`;
  await rm(unfinished, { recursive: true, force: true });
  try {
    for (const { path, bytes } of files) {
      const target = join(unfinished, ...path.split('/'));
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await writeFile(target, bytes, { mode: 0o600 });
    }
    await writeInstallNote(unfinished, { sum, signer });
    const had = await rename(folder, before).then(
      () => true,
      () => false,
    );
    await rename(unfinished, folder);
    if (had) await rm(before, { recursive: true, force: true });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

function readEntries(bytes: Buffer, where: string): ZipEntry[] {
  try {
    return readZip(bytes, limits);
  } catch (error) {
    if (error instanceof ZipRefused) throw invalidPlugin(where, error.message);
    throw error;
  }
}

function requireSums(
  entries: ReadonlyMap<string, Buffer>,
  sums: Readonly<Record<string, string>>,
  where: string,
): void {
  for (const path of Object.keys(sums)) {
    if (!entries.has(path)) throw invalidPlugin(where, `${path} is missing, and stands in ${checksumsName}`);
  }
  for (const [path, bytes] of entries) {
    const wanted = Object.hasOwn(sums, path) ? sums[path] : undefined;
    if (wanted === undefined) throw invalidPlugin(where, `${path} does not stand in ${checksumsName}`);
    if (wanted !== sha256(bytes)) throw invalidPlugin(where, `${path} is not what ${checksumsName} says`);
  }
}

function signatureOver(checksums: Buffer, key: KeyObject): ZipEntry {
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
  const signature = sign(null, checksums, key).toString('base64');
  return {
    path: signatureName,
    bytes: Buffer.from(JSON.stringify({ algorithm: 'ed25519', publicKey, signature })),
  };
}

function signerOf(document: Buffer, checksums: Buffer, where: string): string {
  const { publicKey, signature } = documentIn(signatureSchema, document, signatureName, where);
  const der = Buffer.from(publicKey, 'base64');
  if (!isSignedBy(der, signature, checksums)) {
    throw invalidPlugin(
      where,
      `its signature is not that of the key in ${signatureName}: it was changed after it was signed`,
      {
        fields: ['signature'],
      },
    );
  }
  return sha256(der);
}

function isSignedBy(der: Buffer, signature: string, checksums: Buffer): boolean {
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    return (
      key.asymmetricKeyType === 'ed25519' && verify(null, checksums, key, Buffer.from(signature, 'base64'))
    );
  } catch {
    return false;
  }
}

function documentIn<Schema extends z.ZodType>(
  schema: Schema,
  bytes: Buffer,
  name: string,
  where: string,
): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    throw invalidPlugin(where, `${name} is not what it should be`);
  }
}

/** Without what is hidden, such as `.git`. @throws CoordError `PLUGIN_INVALID` - a link in it */
async function filesBelow(root: string): Promise<ZipEntry[]> {
  const found = await readdir(root, { recursive: true, withFileTypes: true });
  const files: ZipEntry[] = [];
  for (const entry of found) {
    const path = relative(root, join(entry.parentPath, entry.name)).split(sep).join('/');
    if (
      path.split('/').some((part) => part.startsWith('.')) ||
      path === checksumsName ||
      path === signatureName
    )
      continue;
    if (path.endsWith(archiveExtension) || entry.isDirectory()) continue;
    if (!entry.isFile()) throw invalidPlugin(root, `${path} is a link or a device, which can’t be packed`);
    files.push({ path, bytes: await readFile(join(entry.parentPath, entry.name)) });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
