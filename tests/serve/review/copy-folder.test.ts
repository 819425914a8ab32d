/** What a review copies of a folder, and that it says what it leaves out. */
import { execFileSync } from 'node:child_process';
import { access, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { copyFolder } from '../../../src/serve/review/copy-folder.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  return folder;
}

const files = {
  'src/a.js': '',
  'build/release.js': '',
  'generated/b.js': '',
  'node_modules/x/index.js': '',
  'large.txt': 'x'.repeat(1_000_001),
};

it('leaves out what programs usually make where nobody says what that is', async () => {
  const to = await temporaryFolder();
  expect(await copyFolder(await folderOf(files), to)).toEqual({
    files: 2,
    leftOut: ['build/', 'large.txt', 'node_modules/'],
  });
  await access(path.join(to, 'generated/b.js'));
});

it('leaves out what git ignores in a repository, whatever its name, and runs nothing that the folder names', async () => {
  const from = await folderOf({ ...files, '.gitignore': 'generated\n*.log\n', 'src/it.log': '' });
  const to = await temporaryFolder();
  const pwned = path.join(to, 'pwned');
  const git = (...args: string[]) => execFileSync('git', args, { cwd: from });
  git('init', '--quiet');
  git('config', 'core.fsmonitor', `touch ${pwned}; false`);
  expect(await copyFolder(from, to)).toEqual({
    files: 3,
    leftOut: ['generated/', 'large.txt', 'node_modules/', 'src/it.log'],
  });
  await access(path.join(to, 'build/release.js'));
  await expect(access(pwned)).rejects.toThrow('ENOENT');
});
