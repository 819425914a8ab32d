/** A command that does a task locks, reads and writes the company's files, and late writes of it are refused. */
import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { projectFolder } from '../../build/project-folder.ts';
import { runAgentcoord } from '../cli/run-agentcoord.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import type { SupervisedCompany } from './supervised-company.ts';
import { superviseCompany } from './supervised-company.ts';

const program = path.join(projectFolder, 'bin', 'agentcoord.js');

interface ScriptedCompany extends SupervisedCompany {
  notes(name: string): Promise<string>;
  /** Lets the script go on. */
  go(): Promise<void>;
}

/** A shell script as the one task's command, with `agentcoord` as a word; what it writes to `$NOTES` the test reads. */
async function runScript(lines: readonly string[]): Promise<ScriptedCompany> {
  const folder = await temporaryFolder();
  const script = path.join(folder, 'work.sh');
  const head = ['set -e', `NOTES='${folder}'`, `agentcoord() { '${process.execPath}' '${program}' "$@"; }`];
  await writeFile(script, [...head, ...lines, 'echo done'].join('\n'));
  await chmod(script, 0o700);
  const company = await superviseCompany({
    file: { policy: { lease: '20s', heartbeat: '1s', retry_base: '0s', max_attempts: 1 } },
    runner: 'command',
    options: { command: `/bin/sh '${script}'` },
  });
  return {
    ...company,
    notes: (name) => readFile(path.join(folder, name), 'utf8'),
    go: () => writeFile(path.join(folder, 'go'), ''),
  };
}

async function over({ owner, until }: SupervisedCompany): Promise<string> {
  await owner.command({ type: 'task.create', title: 'Write it', roleId: 'engineer' });
  await until((state) =>
    [...state.tasks.values()].every((task) => task.state === 'done' || task.state === 'failed'),
  );
  const [view] = await owner.query('tasks', {});
  return view?.task.attempts.at(-1)?.reason ?? view?.task.state ?? '';
}

it('writes under a lock that its worker keeps, and completes', async () => {
  const company = await runScript([
    'token=$(agentcoord files lock "docs/**" --intent "to write the guide")',
    'agentcoord locks list >/dev/null 2>&1 && exit 3',
    'echo one | agentcoord files write docs/guide.md --token $token --if-hash none',
    'agentcoord files read docs/guide.md > $NOTES/read',
    'mkdir many; echo a > many/a.md; echo b > many/b.md',
    'agentcoord files merge many --into docs --token $token',
    'agentcoord files rm docs/a.md --token $token',
    'if agentcoord files rm docs/a.md --token $token 2> $NOTES/removed; then exit 4; fi',
    'agentcoord files unlock $token',
    'echo two | agentcoord files write docs/guide.md --if-hash $(sha256sum < $NOTES/read | cut -d" " -f1)',
    'cat "$AGENTCOORD_FILES" > $NOTES/door; stat -c %a "$AGENTCOORD_FILES" > $NOTES/mode',
    'env > $NOTES/env; tr "\\0" " " < /proc/$$/cmdline > $NOTES/line',
  ]);
  expect(await over(company)).toBe('done');
  expect(await company.notes('read')).toBe('one\n');
  expect(await company.notes('removed')).toBe(
    'NOT_FOUND: There is no file “docs/a.md” in the workspace: nothing was removed\n',
  );
  const text = async (file: string) => {
    const found = await company.owner.readFile({ path: file });
    return found && Buffer.from(found.base64, 'base64').toString();
  };
  expect(await text('docs/guide.md')).toBe('two\n');
  expect([await text('docs/a.md'), await text('docs/b.md')]).toEqual([null, 'b\n']);
  expect(await company.owner.query('locks', {})).toEqual([]);
  const audit = await company.owner.query('audit', { types: ['lock.acquired'] });
  const ann = await company.member('ann');
  expect(audit.entries.map(({ actor }) => actor.id)).toEqual(audit.entries.map(() => ann.id));
  // The key is in the private file, and nowhere where others look; and the door is gone with the run.
  const { key, address } = JSON.parse(await company.notes('door'));
  expect(await company.notes('mode')).toBe('600\n');
  for (const name of ['env', 'line']) expect(await company.notes(name)).not.toContain(key);
  await expect(stat(address)).rejects.toMatchObject({ code: 'ENOENT' });
});

it('is refused under a token that is not current, and says why', async () => {
  const company = await runScript([
    'token=$(agentcoord files lock a.md --intent "to write it")',
    'echo one | agentcoord files write a.md --token $token',
    'touch $NOTES/locked; while [ ! -e $NOTES/go ]; do sleep 0.1; done',
    'if echo late | agentcoord files write a.md --token $token 2> $NOTES/late; then exit 3; fi',
    'new=$(agentcoord files lock a.md --intent "to write it again")',
    'if echo late | agentcoord files write a.md --token $token 2> $NOTES/old; then exit 4; fi',
    'if echo wild | agentcoord files write a.md --token 1 2> $NOTES/wild; then exit 5; fi',
    'if echo out | agentcoord files write ../out --token $new 2> $NOTES/out; then exit 6; fi',
    'echo two | agentcoord files write a.md --token $new',
  ]);
  const ending = over(company);
  await expect.poll(() => company.notes('locked').catch(() => null), { timeout: 20_000 }).toBe('');
  const [lock] = await company.owner.query('locks', {});
  await company.owner.command({ type: 'lock.force_release', lockId: lock?.id ?? '', reason: 'in the way' });
  await company.go();
  expect(await ending).toBe('done');
  for (const name of ['late', 'old', 'wild']) expect(await company.notes(name)).toMatch(/^LOCK_LOST: /);
  expect(await company.notes('out')).toMatch(/^PATH_OUTSIDE: /);
  const file = await company.owner.readFile({ path: 'a.md' });
  expect(Buffer.from(file?.base64 ?? '', 'base64').toString()).toBe('two\n');
});

it('finds the door closed when its run is over', async () => {
  const gone = path.join(await temporaryFolder(), 'files.json');
  const { code, stderr } = await runAgentcoord(['files', 'read', 'a.md'], {
    env: { AGENTCOORD_FILES: gone },
  });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^NOT_CONNECTED: .*the run is over/);
});
