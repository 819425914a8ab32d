/** Files that are either not there or whole, also after the power went. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** Folders whose own names this process has made durable. */
const lasting = new Set<string>();

/** Readers see nothing or all of it. The folder is made where it is missing. */
export async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const folder = path.dirname(file);
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  const unfinished = path.join(folder, `.${randomUUID()}`);
  try {
    const handle = await open(unfinished, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  await syncFolder(folder);
  // That it is there says nothing: somebody else may have made it a moment ago.
  if (made !== undefined || !lasting.has(folder)) {
    await syncFolder(path.dirname(folder));
    lasting.add(folder);
  }
}

/** Makes the names in a folder durable. Windows does this by itself and refuses to be asked. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
