/** What was fetched is in its folder, whoever the host is, and what goes back is what was changed. */
import { chmod, mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Holdings } from '../../src/client/holdings.ts';
import type { GuardedWorkspace } from '../../src/contract/guarded-workspace.ts';
import { FetchedFiles } from '../../src/worker/fetched-files.ts';
import { openGuardedWorkspace } from '../../src/worker/guarded-workspace.ts';
import { openRealCompany } from '../real-company.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** The shared files of a real company, as the owner reaches them. */
async function sharedFiles(files: Readonly<Record<string, string>>) {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  const { owner } = await openRealCompany(undefined, { folder });
  const guarded = openGuardedWorkspace(owner, null, new Holdings(), new AbortController().signal);
  onTestFinished(() => guarded.close());
  return { folder, guarded };
}

async function fetched(guarded: GuardedWorkspace) {
  const [folder, scratch] = [path.join(await temporaryFolder(), 'here'), await temporaryFolder()];
  const said: string[] = [];
  const files = await FetchedFiles.fetch(guarded, folder, (line) => said.push(line));
  return { files, folder, said, sendBack: () => files.sendBack(scratch) };
}

describe('fetched files', () => {
  it('come with their content and whether they can be run, and go back only where they were changed', async () => {
    const { folder: there, guarded } = await sharedFiles({ 'a.txt': 'a', 'b/c.txt': 'c', 'b/run.sh': '#' });
    await chmod(path.join(there, 'b/run.sh'), 0o755);
    const { folder, sendBack, said } = await fetched(guarded);
    expect(await readFile(path.join(folder, 'b/c.txt'), 'utf8')).toBe('c');
    expect((await stat(path.join(folder, 'b/run.sh'))).mode & 0o111).toBe(0o111);
    await sendBack();
    expect(said).toEqual([]);
    const before = (await stat(path.join(there, 'a.txt'))).mtimeMs;
    await writeFile(path.join(folder, 'a.txt'), 'a');
    await rm(path.join(folder, 'b/c.txt'));
    await writeFile(path.join(folder, 'b/run.sh'), '##');
    await sendBack();
    expect(said).toEqual(['sends back 2 changed files']);
    expect((await stat(path.join(there, 'a.txt'))).mtimeMs).toBe(before);
    expect((await stat(path.join(there, 'b/run.sh'))).mode & 0o111).toBe(0o111);
    expect(await guarded.read('b/c.txt')).toBeNull();
    await sendBack();
    expect(said).toHaveLength(1);
  });

  it('go back in several merges when they are many, a file in place of a folder too', async () => {
    const { guarded } = await sharedFiles({ 'old/a.txt': 'a' });
    const { folder, sendBack } = await fetched(guarded);
    await rm(path.join(folder, 'old'), { recursive: true });
    await mkdir(path.join(folder, 'many/deep'), { recursive: true });
    for (let n = 0; n < 250; n += 1) await writeFile(path.join(folder, `many/deep/${n}.txt`), `${n}`);
    await sendBack();
    expect(await guarded.list()).toHaveLength(250);
  });

  it('are seen by a runner as they are here, and what it writes is here and there', async () => {
    const { guarded } = await sharedFiles({ 'a.txt': 'a' });
    const { files, folder, sendBack, said } = await fetched(guarded);
    await writeFile(path.join(folder, 'a.txt'), 'mine');
    await writeFile(path.join(folder, 'new.txt'), 'new');
    const text = async (name: string) => Buffer.from((await files.guarded.read(name)) ?? []).toString();
    expect([await text('a.txt'), await text('new.txt')]).toEqual(['mine', 'new']);
    expect((await files.guarded.list()).map(({ path: name }) => name)).toEqual(['a.txt', 'new.txt']);
    const lock = await files.guarded.lock('docs/**', { intent: 'to write' });
    await lock.write('docs/d.txt', Buffer.from('d'));
    await lock.release();
    expect(await readFile(path.join(folder, 'docs/d.txt'), 'utf8')).toBe('d');
    expect(Buffer.from((await guarded.read('docs/d.txt')) ?? []).toString()).toBe('d');
    await sendBack();
    expect(said).toEqual(['sends back 2 changed files']);
  });

  it.each(['../evil', '/etc/evil', 'a/../../evil', 'a\\..\\evil', ''])(
    'are nowhere else, if the host says “%s”',
    async (name) => {
      const { guarded } = await sharedFiles({ 'a.txt': 'a' });
      const hostile: GuardedWorkspace = {
        ...guarded,
        list: async () => [{ path: name, bytes: 1, mark: '' }],
        read: async () => Buffer.from('x'),
      };
      await expect(fetched(hostile)).rejects.toMatchObject({ code: 'PATH_OUTSIDE' });
    },
  );

  it('wait for nobody’s lock for ever, and change nothing that is locked', async () => {
    const { guarded, folder: there } = await sharedFiles({ 'a.txt': 'a' });
    const { folder, sendBack } = await fetched({
      ...guarded,
      lock: (scope, options) => guarded.lock(scope, { ...options, wait: 50 as never }),
    });
    const taken = await guarded.lock('a.txt', { intent: 'to keep it' });
    await writeFile(path.join(folder, 'a.txt'), 'b');
    await expect(sendBack()).rejects.toMatchObject({ code: 'LOCK_HELD' });
    expect(await readFile(path.join(there, 'a.txt'), 'utf8')).toBe('a');
    await taken.release();
    await sendBack();
    expect(await readFile(path.join(there, 'a.txt'), 'utf8')).toBe('b');
  });

  it('follow no link, and refuse to hand one in', async () => {
    const { guarded } = await sharedFiles({ 'a.txt': 'a' });
    const { folder, sendBack } = await fetched(guarded);
    await rm(path.join(folder, 'a.txt'));
    await symlink('/etc/passwd', path.join(folder, 'a.txt'));
    await expect(sendBack()).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});
