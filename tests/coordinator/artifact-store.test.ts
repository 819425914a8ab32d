/** Artifacts are kept by their hash, come back as they were, and are refused when they do not. */
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { maxArtifactBytes } from '../../src/contract/artifact-exchange.ts';
import { ArtifactStore } from '../../src/coordinator/artifact-store.ts';
import { sha256 } from '../../src/coordinator/world.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const bytes = Buffer.from('# Plan\n');
const hash = sha256(bytes);

async function openStore() {
  const folder = path.join(await temporaryFolder(), 'artifacts');
  return { folder, store: new ArtifactStore(folder), file: path.join(folder, hash.slice(0, 2), hash) };
}

describe('the artifact store', () => {
  it('keeps bytes under their hash, whatever the path says', async () => {
    const { folder, store, file } = await openStore();
    expect(await store.put('docs/plan.md', bytes)).toEqual({ hash, path: 'docs/plan.md', bytes: 7 });
    expect(await readFile(file)).toEqual(bytes);
    expect(store.fileOf(hash)).toBe(file);
    expect(Buffer.from(await store.read(hash))).toEqual(bytes);
    expect(await readdir(folder, { recursive: true })).toHaveLength(2);
  });

  it('keeps the same bytes once, also when they come from two sides at the same time', async () => {
    const { folder, store } = await openStore();
    const put = await Promise.all([
      store.put('a.md', bytes),
      store.put('b.md', bytes),
      store.put('c.md', bytes),
    ]);
    expect(put.map((artifact) => artifact.hash)).toEqual([hash, hash, hash]);
    expect(await readdir(folder, { recursive: true })).toHaveLength(2);
  });

  it('keeps an artifact of no bytes', async () => {
    const { store } = await openStore();
    const { hash: empty } = await store.put('empty.txt', Buffer.alloc(0));
    expect(await store.read(empty)).toHaveLength(0);
  });

  it.each(['/etc/passwd', '../up.md', 'a/../../b', 'a//b', './a', 'a\\b', 'C:evil', 'line\nbreak', ''])(
    'refuses the path %j',
    async (name) => {
      const { folder, store } = await openStore();
      await expect(store.put(name, bytes)).rejects.toMatchObject({ code: 'BAD_INPUT' });
      await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' });
    },
  );

  it('refuses bytes that are not those that were announced', async () => {
    const { store } = await openStore();
    await expect(store.put('plan.md', Buffer.from('other'), hash)).rejects.toMatchObject({
      code: 'ARTIFACT_CHANGED',
      details: { expected: hash, hash: sha256('other') },
    });
  });

  it('refuses an artifact that is too large, naming the limit', async () => {
    const { store } = await openStore();
    await expect(store.put('big.bin', new Uint8Array(maxArtifactBytes + 1))).rejects.toMatchObject({
      code: 'TOO_LARGE',
      details: { limit: maxArtifactBytes },
    });
    expect((await store.put('big.bin', new Uint8Array(maxArtifactBytes))).bytes).toBe(maxArtifactBytes);
  });

  it('gives nothing out that is not what was stored', async () => {
    const { store, file } = await openStore();
    await expect(store.read(hash)).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
    await store.put('plan.md', bytes);
    await writeFile(file, '# Plot\n');
    await expect(store.read(hash)).rejects.toMatchObject({ code: 'ARTIFACT_CHANGED', details: { hash } });
    await rm(file);
    await expect(store.read(hash)).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
  });

  it('tells whether what a completion names is stored', async () => {
    const { folder, store } = await openStore();
    const artifact = await store.put('plan.md', bytes);
    const reopened = new ArtifactStore(folder);
    await reopened.requireStored(artifact);
    await expect(reopened.requireStored({ ...artifact, bytes: 8 })).rejects.toMatchObject({
      code: 'ARTIFACT_CHANGED',
    });
    await expect(reopened.requireStored({ ...artifact, hash: sha256('x') })).rejects.toMatchObject({
      code: 'ARTIFACT_MISSING',
      message: expect.stringContaining('putArtifact'),
    });
  });
});
