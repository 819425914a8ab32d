/** A program for the race test: a folder of the workspace is now itself, now a link to the outside, as fast as it can. */
import { renameSync, rmSync, symlinkSync, writeSync } from 'node:fs';
import path from 'node:path';

const [root = '', outside = ''] = process.argv.slice(2);
const at = (name: string) => path.join(root, name);

/** In the moment between, the host may have made the folder anew. */
function put(from: string): void {
  for (;;) {
    try {
      renameSync(at(from), at('flip'));
      return;
    } catch {
      clear();
    }
  }
}

/** A link itself is removed, never what it leads to; what is written meanwhile is removed the next time. */
function clear(): void {
  try {
    rmSync(at('flip'), { recursive: true, force: true });
  } catch {
    // Not empty by now.
  }
}

symlinkSync(outside, at('.link'));
for (let n = 0; ; n += 1) {
  renameSync(at('flip'), at('.folder'));
  put('.link');
  renameSync(at('flip'), at('.link'));
  put('.folder');
  if (n === 0) writeSync(1, 'flipping');
}
