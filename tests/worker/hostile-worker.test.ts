/** A worker that turns on its company: with its own token it does what is its agent's, and all else is refused and on record. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { briskPolicy, superviseCompany } from './supervised-company.ts';

const child = path.resolve(import.meta.dirname, 'hostile-worker-child.ts');

it('neither leaves the workspace, nor writes without its lock, nor touches what is another member’s', async () => {
  const outside = await temporaryFolder();
  const { owner, company, workers, logOf, task, faults } = await superviseCompany({
    command: [process.execPath, child],
    file: { policy: briskPolicy },
  });
  const folder = path.join(path.dirname(company.workersFolder), 'workspace');
  await mkdir(path.join(folder, 'src'), { recursive: true });
  await symlink(outside, path.join(folder, 'src/link'));
  await owner.command({ type: 'task.create', title: 'Hers', roleId: 'pm' });
  await owner.command({ type: 'task.create', title: 'Its own', roleId: 'engineer' });

  const log = async () =>
    (await Promise.all((await workers()).map(({ id }) => logOf(id).catch(() => '')))).join('');
  await expect.poll(log, { timeout: 40_000 }).toContain('outcomes: ');
  const outcomes = JSON.parse(/outcomes: (.*)/.exec(await log())?.[1] ?? '');
  expect(outcomes).toEqual({
    'writes above the workspace': 'PATH_OUTSIDE',
    'writes above it on a detour': 'PATH_OUTSIDE',
    'writes to an absolute path': 'PATH_OUTSIDE',
    'writes through a link': 'PATH_OUTSIDE',
    'writes for git, in other letters': 'PATH_OUTSIDE',
    'writes to half a character': 'PATH_OUTSIDE',
    'reads the log of the company': 'PATH_OUTSIDE',
    'writes without a lock': 'NOT_LOCKED',
    'writes under a lock on something else': 'NOT_LOCKED',
    'writes what another has locked, in other letters': 'NOT_LOCKED',
    'writes what another has locked, in other code points': 'NOT_LOCKED',
    'writes under a lock that it gave back': 'LOCK_LOST',
    'writes under the lock of another': 'LOCK_LOST',
    'completes the task of another': 'LEASE_LOST',
    'fails the task of another': 'LEASE_LOST',
    'takes the task of another away': 'FORBIDDEN',
    'ends the worker of another': 'FORBIDDEN',
    'signs a gate': 'FORBIDDEN',
    'raises its budget': 'FORBIDDEN',
  });

  // Every one of them stands in the audit, as ann's.
  const { entries } = await owner.query('audit', { types: ['command.refused'], order: 'oldest' });
  expect(entries.every(({ actor }) => actor.name === 'ann')).toBe(true);
  expect(entries.map(({ what }) => what.split(': ').at(-1))).toEqual(Object.values(outcomes));

  // And nothing came of any.
  expect(await readdir(outside)).toEqual([]);
  expect(existsSync('/etc/agentcoord-was-here')).toBe(false);
  expect(existsSync(path.join(path.dirname(folder), 'outside.txt'))).toBe(false);
  const names = (await readdir(folder, { recursive: true })).filter(
    (file) => !file.startsWith('.agentcoord'),
  );
  expect(names.sort()).toEqual(['src', 'src/link']);
  expect(await task('Hers')).toMatchObject({ state: 'leased', attempts: [{ outcome: null }] });
  const [gate] = await owner.query('gates', {});
  expect(gate?.gate).toMatchObject({ state: 'waiting', signOffs: [] });
  expect((await owner.query('usage', {})).budgets).toEqual([]);
  expect(faults).toEqual([]);
});
