/** After an install `npx agentcoord` finds the program of the folder, and so installs nothing. */
import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';

const project = join(import.meta.dirname, '..', '..');

it.runIf(process.platform !== 'win32')('links the program, and leaves what is there', async () => {
  const folder = await temporaryFolder();
  const script = join(folder, 'build', 'link-node.js');
  await mkdir(join(folder, 'build'));
  await cp(join(project, 'bin'), join(folder, 'bin'), { recursive: true });
  await cp(join(project, 'build', 'link-node.js'), script);
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  const run = () => execFileSync(process.execPath, [script]);
  // Nothing is installed as yet.
  run();
  const link = join(folder, 'node_modules', '.bin', 'agentcoord');
  await mkdir(join(folder, 'node_modules', '.bin'), { recursive: true });
  // One that leads nowhere is no program.
  await symlink('../gone.js', link);
  run();
  run();
  expect(await realpath(link)).toBe(await realpath(join(folder, 'bin', 'agentcoord.js')));
  const own = await temporaryFolder();
  await cp(folder, own, { recursive: true, filter: (path) => !path.includes('node_modules') });
  await mkdir(join(own, 'node_modules', '.bin'), { recursive: true });
  await writeFile(join(own, 'node_modules', '.bin', 'agentcoord'), 'as npm made it');
  execFileSync(process.execPath, [join(own, 'build', 'link-node.js')]);
  expect(await readFile(join(own, 'node_modules', '.bin', 'agentcoord'), 'utf8')).toBe('as npm made it');
});
