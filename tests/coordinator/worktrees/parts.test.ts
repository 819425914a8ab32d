/** What a lead and those who do the parts changed in the same lines: nothing of either is lost, and the lead makes one of both. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Seq } from '../../../src/core/ids.ts';
import { openWorktrees } from './kit.ts';

it('refuses a whole that its parts changed otherwise, and begins it again with both sides in the file', async () => {
  const { begin, host, bo, company, project, settled } = await openWorktrees();
  const eve = await host.member(company, 'eve');
  const whole = await begin(eve, 'eve', 'Whole');
  await whole.put('a.txt', 'eve\n');
  const { events } = await eve.command({ type: 'task.divide', ...whole.held, parts: [{ title: 'Part' }] });
  const created = events[0]?.event;
  if (created?.type !== 'task.created') throw new Error('no part was created');
  const claim = await bo.command({ type: 'task.claim', taskId: created.task.id });
  const part = { taskId: created.task.id, token: claim.events[0]?.seq ?? (0 as Seq) };
  await writeFile(path.join((await bo.openTree(part)).folder, 'a.txt'), 'bo\n');
  const done = await bo.commitTree(part);
  if (!done) throw new Error('nothing was changed');
  await bo.command({
    ...{ type: 'task.complete', ...part, artifacts: [done.patch] },
    change: { commit: done.commit, base: done.base },
  });
  await settled();
  expect(project.branches()).toEqual([]);

  await expect(whole.handIn()).rejects.toMatchObject({
    code: 'WRONG_STATE',
    message: expect.stringContaining('changed a.txt otherwise'),
  });
  await eve.command({ type: 'task.release', ...whole.held, reason: 'both changed it' });
  const { taskId } = whole.held;
  const again = await eve.command({ type: 'task.claim', taskId });
  const held = { taskId, token: again.events[0]?.seq ?? (0 as Seq) };
  const tree = await eve.openTree(held);
  expect(tree.conflicts).toEqual(['a.txt']);
  const file = path.join(tree.folder, 'a.txt');
  expect(await readFile(file, 'utf8')).toMatch(/<<<<<<<.*eve.*=======.*bo.*>>>>>>>/s);
  await expect(eve.commitTree(held)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  await writeFile(file, 'eve and bo\n');
  const committed = await eve.commitTree(held);
  if (!committed) throw new Error('nothing was changed');
  const { commit, base, patch } = committed;
  await eve.command({ type: 'task.complete', ...held, artifacts: [patch], change: { commit, base } });
  await settled();
  const shown = Buffer.from(await company.artifacts.read(patch.hash)).toString();
  expect(shown).toContain('+eve and bo');
  expect(shown).not.toContain('<<<<');
  const [branch = ''] = project.branches();
  expect(project.show(branch, 'a.txt')).toBe('eve and bo');
  expect(project.git('log', '--format=%an', branch).split('\n')).toEqual(
    expect.arrayContaining(['eve', 'bo']),
  );
});
