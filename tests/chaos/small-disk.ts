/** A disk of its own for a test, small enough to fill, that can be made read-only: a real file system in memory. */
import { closeSync, openSync, rmSync, statfsSync, truncateSync, writeSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { asRoot } from './as-root.ts';

export interface SmallDisk {
  readonly folder: string;
  readonly freeBytes: () => number;
  /** Takes all of its room but so many bytes. */
  fill(left?: number): void;
  /** Gives the room back. */
  free(): void;
  /** As of a disk that the system no longer trusts. @throws Error while somebody has a file of it open to write */
  setReadOnly(readOnly: boolean): void;
}

/** @throws Error when this machine lets us mount nothing, with what to do */
export async function mountSmallDisk(megabytes: number): Promise<SmallDisk> {
  const folder = await temporaryFolder();
  asRoot(
    'mount',
    '-t',
    'tmpfs',
    '-o',
    `size=${megabytes}m,mode=700,uid=${process.getuid?.() ?? 0}`,
    'none',
    folder,
  );
  onTestFinished(() => asRoot('umount', folder));
  const ballast = path.join(folder, 'ballast');
  const freeBytes = () => {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  };
  return {
    folder,
    freeBytes,
    fill: (left = 0) => {
      const file = openSync(ballast, 'a');
      try {
        while (freeBytes() > left) writeSync(file, Buffer.alloc(4_096));
      } finally {
        closeSync(file);
      }
    },
    free: () => {
      truncateSync(ballast);
      rmSync(ballast);
    },
    setReadOnly: (readOnly) => asRoot('mount', '-o', `remount,${readOnly ? 'ro' : 'rw'}`, folder),
  };
}
