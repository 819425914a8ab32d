/** A disk of its own for a test that breaks while it is in use: from then on the system takes no write any more. */
import { truncateSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { ensureDebianPackages } from '../../build/debian.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { asRoot } from './as-root.ts';

export interface FailingDisk {
  readonly folder: string;
  /** What ext4 does when it finds a fault in itself: files that are open to write can’t be written any more, either. */
  fail(): Promise<void>;
  /** Mounts it anew, once nobody has a file of it open. */
  repair(): void;
}

/** @throws Error when this machine lets us mount nothing, with what to do */
export async function mountFailingDisk(megabytes: number): Promise<FailingDisk> {
  await ensureDebianPackages(['e2fsprogs']);
  const [image, folder] = [path.join(await temporaryFolder(), 'disk'), await temporaryFolder()];
  writeFileSync(image, '');
  truncateSync(image, megabytes * 1_024 ** 2);
  asRoot('mke2fs', '-q', '-t', 'ext4', '-E', `root_owner=${process.getuid?.()}:${process.getgid?.()}`, image);
  const known = await mountedExt4();
  asRoot('mount', '-o', 'loop,errors=remount-ro', image, folder);
  const [device] = (await mountedExt4()).filter((name) => !known.includes(name));
  onTestFinished(() => asRoot('umount', folder));
  return {
    folder,
    fail: async () => {
      asRoot('sh', '-c', `echo 1 > /sys/fs/ext4/${device}/trigger_fs_error`);
    },
    repair: () => {
      asRoot('umount', folder);
      asRoot('mount', '-o', 'loop,errors=remount-ro', image, folder);
    },
  };
}

const mountedExt4 = (): Promise<string[]> => readdir('/sys/fs/ext4');
