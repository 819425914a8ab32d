/**
 * Makes `node_modules/.bin/node` the project's own Node, so that every npm script runs on it, and `agentcoord` beside it this
 * project's program, so that `npx agentcoord` starts that one: where it is not, npx first installs the folder elsewhere
 * and builds it there, which takes a silent while.
 *
 * npm links the Node itself, but npm 10 then removes the link again together with the packages of the other platforms,
 * whose program has the same name. Plain JavaScript, because it runs before the link is there. On Windows, where links
 * are programs of their own, npm's ways stay as they are.
 */
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledNode } from '../bin/bundled-node.js';

const folder = fileURLToPath(new URL('../node_modules/.bin', import.meta.url));
const programs = {
  node: bundledNode(),
  agentcoord: fileURLToPath(new URL('../bin/agentcoord.js', import.meta.url)),
};

for (const [name, program] of Object.entries(programs)) {
  const link = join(folder, name);
  if (process.platform === 'win32' || program === undefined) continue;
  if (!existsSync(folder) || existsSync(link)) continue;
  rmSync(link, { force: true });
  symlinkSync(relative(dirname(link), program), link);
}
