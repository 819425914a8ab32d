/** The hash of a file is taken before the turn in which the file is changed, and counts as long as the file is the same. */
import { writeFileSync } from 'node:fs';
import { rename, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { hashBeside, hashOf, lookBeside, requireHash } from '../../../src/coordinator/workspace/file-hash.ts';
import type { Place } from '../../../src/coordinator/workspace/place.ts';
import { openPlace } from '../../../src/coordinator/workspace/place.ts';
import { openRoot } from '../../../src/coordinator/workspace/workspace-root.ts';
import type { CompanyId } from '../../../src/core/ids.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const changed = expect.objectContaining({ code: 'FILE_CHANGED' });
const megabyte = 1024 * 1024;

async function openFolder() {
  const folder = await temporaryFolder();
  const root = openRoot(folder, 'company_1' as CompanyId);
  onTestFinished(() => root.close());
  const place = (name: string): Place => {
    const opened = openPlace(root, name, [name], { create: false });
    if (!opened) throw new Error('its folder is missing');
    onTestFinished(() => opened.close());
    return opened;
  };
  return { inFolder: (name: string) => path.join(folder, name), place };
}

it('is the same as at once', async () => {
  for (const size of [0, 1, 3 * megabyte]) {
    const bytes = Buffer.alloc(size, 'x');
    expect(await hashBeside(bytes)).toBe(hashOf(bytes));
  }
});

it('is not taken again while the file is the same', async () => {
  const { inFolder, place } = await openFolder();
  const bytes = Buffer.alloc(20 * megabyte, 'x');
  await writeFile(inFolder('large'), bytes);
  const large = place('large');
  await delay(50);
  const known = await lookBeside(large);
  // The place was looked at before this, so whoever reads the file now finds another hash.
  await truncate(inFolder('large'));
  requireHash('large', large, hashOf(bytes), known);
  expect(() => requireHash('large', large, hashOf(bytes), null)).toThrow(changed);
});

it('is taken again when the file was changed, or is another one', async () => {
  const { inFolder, place } = await openFolder();
  const [old, other] = [Buffer.from('old'), Buffer.from('new')];
  for (const change of [
    () => writeFile(inFolder('a'), other),
    async () => {
      await writeFile(inFolder('b'), other);
      await rename(inFolder('b'), inFolder('a'));
    },
  ]) {
    await writeFile(inFolder('a'), old);
    await delay(50);
    const known = await lookBeside(place('a'));
    expect(known?.hash).toBe(hashOf(old));
    await change();
    expect(() => requireHash('a', place('a'), hashOf(old), known)).toThrow(changed);
    requireHash('a', place('a'), hashOf(other), known);
  }
});

it('is not believed of a file that was changed just now', async () => {
  const { inFolder, place } = await openFolder();
  await writeFile(inFolder('a'), 'old');
  const { ctimeMs } = await stat(inFolder('a'));
  vi.useFakeTimers({ toFake: ['Date'], now: ctimeMs + 5 });
  onTestFinished(() => void vi.useRealTimers());
  expect(await lookBeside(place('a'))).toBeNull();
});

it('is nobody’s business of what is missing, too large, or a link', async () => {
  const { inFolder, place } = await openFolder();
  expect(await lookBeside(place('missing'))).toBeNull();
  writeFileSync(inFolder('large'), Buffer.alloc(20 * megabyte + 1));
  expect(await lookBeside(place('large'))).toBeNull();
  writeFileSync(inFolder('a'), 'old');
  const held = place('a');
  await rename(inFolder('a'), inFolder('b'));
  await symlink('b', inFolder('a'));
  await expect(lookBeside(held)).rejects.toMatchObject({ code: 'ELOOP' });
});
