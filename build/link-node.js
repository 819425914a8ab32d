/**
 * Makes `node_modules/.bin/node` the project's own Node, so that every npm script runs on it.
 *
 * npm links it itself, but npm 10 then removes the link again together with the packages of the other platforms,
 * whose program has the same name. Plain JavaScript, because it runs before the link is there.
 */
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledNode } from '../bin/bundled-node.js';

const link = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
const node = bundledNode();

if (process.platform !== 'win32' && node !== undefined && !existsSync(link)) {
  rmSync(link, { force: true });
  symlinkSync(relative(dirname(link), node), link);
}
