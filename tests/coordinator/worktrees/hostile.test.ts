/** What a hostile repository, a hostile agent in its worktree, and a hostile worker can't do. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Repository } from '../../../src/coordinator/worktrees/repository.ts';
import type { Seq } from '../../../src/core/ids.ts';
import { gitProject } from '../../git-project.ts';
import { lockFiles } from '../../lock-files.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { openSessionHost } from '../session-host.ts';
import { leavesSign, openWorktrees, wasRun } from './kit.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Everything by which a configuration names a program. */
function arm(git: (...args: string[]) => unknown, run: string): void {
  const script = `sh -c "${run}" #`;
  git('config', 'core.fsmonitor', script);
  git('config', 'core.sshCommand', script);
  git('config', 'core.alternateRefsCommand', script);
  git('config', 'filter.evil.clean', script);
  git('config', 'filter.evil.smudge', script);
  git('config', 'filter.evil.process', script);
  git('config', 'diff.external', script);
  git('config', 'diff.evil.textconv', script);
  git('config', 'merge.evil.driver', script);
  git('config', 'gpg.program', script);
  git('config', 'commit.gpgSign', 'true');
  git('config', 'protocol.ext.allow', 'always');
}

async function hooksIn(folder: string, run: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of [
    'post-checkout',
    'reference-transaction',
    'pre-commit',
    'post-index-change',
    'update',
  ]) {
    await writeFile(path.join(folder, name), `#!/bin/sh\n${run}\n`);
    await chmod(path.join(folder, name), 0o755);
  }
}

it('runs nothing that a hostile repository names', async () => {
  const sign = path.join(await temporaryFolder(), 'sign');
  const run = leavesSign(sign);
  const { begin, ada, project, settled } = await openWorktrees(
    { 'a.txt': 'one\n', '.gitattributes': '* filter=evil diff=evil merge=evil\n' },
    async ({ git, folder }) => {
      await hooksIn(path.join(folder, '.git/hooks'), run);
      arm(git, run);
    },
  );
  const held = await begin(ada, 'ada');
  await held.put('a.txt', 'two\n');
  await held.handIn();
  await settled();
  expect(wasRun(sign)).toBe(false);
  // The branch is there for people all the same.
  const branch = execFileSync('git', ['for-each-ref', '--format=%(refname:short)', 'refs/heads/agentcoord'], {
    cwd: project.folder,
    encoding: 'utf8',
  }).trim();
  expect(branch).toMatch(/^agentcoord\/change-it-/);
});

it('shows no branch where a repository leads to another place, and runs nothing there', async () => {
  const sign = path.join(await temporaryFolder(), 'sign');
  const { folder, git } = await gitProject({ 'a.txt': 'one\n' });
  git('config', `url.ext::${leavesSign(sign)} #.insteadOf`, '/');
  git('config', 'protocol.ext.allow', 'always');
  const repository = new Repository(path.join(await temporaryFolder(), 'own.git'));
  await repository.ready();
  const base = await repository.fetchBase(folder);
  await repository.setRef('refs/heads/agentcoord/x', base);
  await expect(repository.publish(folder, 'agentcoord/x')).rejects.toMatchObject({
    code: 'WORKSPACE_UNUSABLE',
  });
  expect(wasRun(sign)).toBe(false);
});

it('reads a change from the files, whatever the agent does to git in its worktree', async () => {
  const sign = path.join(await temporaryFolder(), 'sign');
  const run = leavesSign(sign);
  const { begin, ada, company, settled } = await openWorktrees();
  const held = await begin(ada, 'ada');
  const { folder, base } = held.tree;
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@y', ...args], {
      cwd: folder,
      stdio: 'pipe',
    });
  // Its own commit and its own HEAD, and then a repository of its own in the place of the worktree's.
  await held.put('a.txt', 'mine\n');
  git('commit', '-qam', 'mine');
  arm(git, run);
  await hooksIn(path.join(company.folder, 'repository.git/hooks'), run);
  await held.put('.gitattributes', '* filter=evil\n');
  await held.put('a.txt', 'two\n');
  await rm(path.join(folder, '.git'));
  execFileSync('git', ['init', '-q'], { cwd: folder });
  arm(git, run);
  await rm(sign, { force: true });
  const { commit } = await held.handIn();
  await settled();
  expect(wasRun(sign)).toBe(false);
  const show = (what: string) =>
    execFileSync(
      'git',
      ['-C', path.join(company.folder, 'repository.git'), 'show', '-s', '--format=%P %an', what],
      {
        encoding: 'utf8',
      },
    ).trim();
  expect(show(commit)).toBe(`${base} ada`);
  const config = await readFile(path.join(company.folder, 'repository.git/config'), 'utf8');
  expect(config).not.toContain('evil');
});

it.each([
  ['an absolute link', 'out', '/etc/passwd'],
  ['a link up', 'out', '../other'],
  ['a link up behind a name', 'out', 'a.txt/../..'],
  ['a link that is no longer one on another system', 'out', 'C:\\Windows'],
])('refuses %s', async (_what, file, target) => {
  const { begin, ada } = await openWorktrees();
  const held = await begin(ada, 'ada');
  await held.link(file, target);
  await expect(held.handIn()).rejects.toMatchObject({ code: 'PATH_OUTSIDE', details: { path: file } });
});

it('lets a link lead to a file inside, and follows no folder that was exchanged for a link', async () => {
  const { begin, ada, company } = await openWorktrees({ 'docs/a.md': 'a\n', 'b.txt': 'b\n' });
  const held = await begin(ada, 'ada');
  await held.link('docs-link', 'docs');
  const { commit } = await held.handIn();
  const list = execFileSync(
    'git',
    ['-C', path.join(company.folder, 'repository.git'), 'ls-tree', '-r', commit],
    {
      encoding: 'utf8',
    },
  );
  expect(list).toContain('120000');
  const other = await begin(ada, 'ada', 'Other');
  await other.link('docs', '/etc');
  await expect(other.handIn()).rejects.toMatchObject({ code: 'PATH_OUTSIDE' });
});

it.each([['.GIT/config'], ['sub/.Git/config'], ['.g\u200cit/config'], ['git~1/config']])(
  'takes no %s into a commit: to some file system it is .git',
  async (file) => {
    const { begin, ada } = await openWorktrees();
    const held = await begin(ada, 'ada');
    await held.put(file, '[core]\n');
    await held.put('b.txt', 'b\n');
    await expect(held.handIn()).rejects.toMatchObject({ code: 'PATH_OUTSIDE', details: { path: file } });
  },
);

it('refuses a repository inside, and a file that is too large', async () => {
  const { begin, ada } = await openWorktrees();
  const held = await begin(ada, 'ada');
  await mkdir(path.join(held.tree.folder, 'inner'));
  execFileSync('git', ['init', '-q'], { cwd: path.join(held.tree.folder, 'inner') });
  await held.put('inner/x', 'x');
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@y', ...args], {
      cwd: path.join(held.tree.folder, 'inner'),
    });
  git('add', 'x');
  git('commit', '-qm', 'x');
  await expect(held.handIn()).rejects.toMatchObject({ code: 'BAD_INPUT' });
  await rm(path.join(held.tree.folder, 'inner'), { recursive: true });
  await writeFile(path.join(held.tree.folder, 'huge'), '');
  await truncate(path.join(held.tree.folder, 'huge'), 101 * 1024 * 1024);
  await expect(held.handIn()).rejects.toMatchObject({ code: 'TOO_LARGE', details: { path: 'huge' } });
});

it('gives a worktree to nobody but the holder of the lease, and takes no commit but its own', async () => {
  const { begin, ada, bo } = await openWorktrees();
  const held = await begin(ada, 'ada');
  await held.put('a.txt', 'two\n');
  await expect(bo.openTree(held.held)).rejects.toMatchObject({ code: 'LEASE_LOST' });
  await expect(bo.commitTree(held.held)).rejects.toMatchObject({ code: 'LEASE_LOST' });
  const stale = { ...held.held, token: (held.held.token - 1) as Seq };
  await expect(ada.commitTree(stale)).rejects.toMatchObject({ code: 'LEASE_LOST' });
  const { taskId } = held.held;
  const theft = { path: 'a.txt', taskId };
  await expect(bo.readFile(theft)).rejects.toMatchObject({ code: 'LEASE_LOST' });
  const committed = await ada.commitTree(held.held);
  const change = { commit: 'f'.repeat(40), base: held.tree.base };
  const forged = { ...held.held, artifacts: [], change };
  await expect(ada.command({ type: 'task.complete', ...forged })).rejects.toMatchObject({
    code: 'BAD_INPUT',
  });
  expect(committed?.files).toBe(1);
});

it('writes under locks in the worktree, and nowhere else', async () => {
  const { begin, ada, project } = await openWorktrees();
  const held = await begin(ada, 'ada');
  const { taskId } = held.held;
  const { lock } = await lockFiles(ada, 'src');
  const write = (name: string, token: Seq | null) =>
    ada.writeFile({ path: name, base64: base64('new'), token, taskId });
  await write('src/x.txt', lock.token);
  expect(await readFile(path.join(held.tree.folder, 'src/x.txt'), 'utf8')).toBe('new');
  await expect(readFile(path.join(project.folder, 'src/x.txt'))).rejects.toThrow();
  await expect(write('src/x.txt', null)).rejects.toMatchObject({ code: 'NOT_LOCKED' });
  await expect(write('src/x.txt', 1 as Seq)).rejects.toMatchObject({ code: 'LOCK_LOST' });
  for (const name of ['../x', '/etc/x', '.git/config', '.GIT/config', 'src/../../x']) {
    await expect(write(name, lock.token)).rejects.toMatchObject({ code: 'PATH_OUTSIDE' });
  }
  await held.link('src/way', '/etc');
  await expect(write('src/way/x', lock.token)).rejects.toMatchObject({ code: 'PATH_OUTSIDE' });
  await rm(path.join(held.tree.folder, 'src/way'));
  const { files } = await held.handIn();
  expect(files).toBe(1);
});

it('merges nothing into a file that somebody else has locked', async () => {
  const { begin, ada, bo, company, settled, project } = await openWorktrees();
  const { release } = await lockFiles(bo, 'A.txt');
  const held = await begin(ada, 'ada');
  await held.put('a.txt', 'two\n');
  await held.handIn();
  await settled();
  const merge = () => company.coordinator.read((state) => state.tasks.get(held.held.taskId)?.merge ?? null);
  expect(await merge()).toBeNull();
  expect((await ada.query('task', { taskId: held.held.taskId })).waitingBecause).toContain('merged');
  await release();
  await settled();
  expect(await merge()).not.toBeNull();
  expect(project.show(project.branches()[0] ?? '', 'a.txt')).toBe('two');
});

it('leaves no worktree behind after a crash, and begins again with what was committed', async () => {
  const { begin, ada, host, company, project } = await openWorktrees();
  const held = await begin(ada, 'ada');
  await held.put('a.txt', 'two\n');
  await ada.commitTree(held.held);
  await held.put('lost.txt', 'never committed\n');
  await host.companies.close();
  expect(existsSync(held.tree.folder)).toBe(true);
  const next = await openSessionHost(host.folder, {}, undefined, project.folder);
  const again = next.companies.get(company.id);
  await again?.worktrees?.settled();
  expect(existsSync(held.tree.folder)).toBe(false);
  const session = await next.member(company, 'ada');
  const { folder } = await session.openTree(held.held);
  expect(await readFile(path.join(folder, 'a.txt'), 'utf8')).toBe('two\n');
  expect(existsSync(path.join(folder, 'lost.txt'))).toBe(false);
});
