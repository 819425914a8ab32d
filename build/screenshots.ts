/** `npm run screenshots`: refreshes docs/screenshots by the browser tests, which take the pictures as they go. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { projectFolder } from './project-folder.ts';

const folder = path.join(projectFolder, 'docs', 'screenshots');
const vitest = path.join(projectFolder, 'node_modules', 'vitest', 'vitest.mjs');

await mkdir(folder, { recursive: true });
const child = spawn(process.execPath, [vitest, 'run', '--project', 'e2e', 'tests/e2e/browser'], {
  cwd: projectFolder,
  env: { ...process.env, AGENTCOORD_DOCS_SCREENSHOTS: folder },
  stdio: 'inherit',
});
const [code] = await once(child, 'exit');
process.exitCode = Number(code ?? 1);
