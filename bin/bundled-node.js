/** Finds the Node that the project brings for this platform. Plain JavaScript: older Nodes read it, too. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** @returns {string | undefined} the absolute path of its executable; undefined where there is none (macOS) */
export function bundledNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  try {
    const manifest = createRequire(import.meta.url).resolve(`node-${platform}-${process.arch}/package.json`);
    return join(dirname(manifest), 'bin', platform === 'win' ? 'node.exe' : 'node');
  } catch {
    return undefined;
  }
}
