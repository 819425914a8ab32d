/** A lead's task with a git worktree: its parts begin with the work on it, and come into the branch of the epic with it. */
import { expect, it } from 'vitest';
import { gitProject } from '../git-project.ts';
import { smallCompany } from '../real-company.ts';
import { startMockModel, uses } from '../runners/llm/mock-model.ts';
import { openLlmCompany } from './llm-company.ts';

const workflows = [{ name: 'small', steps: [{ id: 1, title: 'Whole', role: 'em' }] }];

/** What each does when nothing of it is in the conversation yet: the last that is, decides. */
const said = (messages: unknown, ...turns: readonly [string, ReturnType<typeof uses>][]) => {
  const text = JSON.stringify(messages);
  return turns.findLast(([words]) => text.includes(words))?.[1] ?? uses('finish', { summary: 'Nothing.' });
};
const read = (path: string) => uses('read_file', { path });
const write = (path: string, content: string) => uses('write_file', { path, content });
const finish = uses('finish', { summary: 'Done.' });

it('is divided over what was begun, part upon part, and brings all of it into the epic, with its money', async () => {
  const project = await gitProject({ 'README.md': 'hi\n' });
  const parts = [
    { title: 'First', description: 'Be the first.', to: 'ann' },
    { title: 'Second', description: 'Be the second.', to: 'ann', after: [1] },
  ];
  const model = await startMockModel((_call, { messages }) => {
    const text = JSON.stringify(messages);
    if (text.includes('You are emma')) {
      return said(
        messages,
        ['You are emma', write('frame.txt', 'by emma')],
        ['frame.txt is written', uses('create_parts', { parts })],
        ['Created: ', uses('wait_for_parts', {})],
        ['by ann, done', read('second.txt')],
        ['after: by ann', write('whole.txt', 'all of it')],
        ['whole.txt is written', finish],
      );
    }
    return text.includes('Be the second.')
      ? said(
          messages,
          ['Be the second.', read('first.txt')],
          ['upon: by emma', write('second.txt', 'after: by ann')],
          ['second.txt is written', finish],
        )
      : said(
          messages,
          ['Be the first.', read('frame.txt')],
          ['by emma', write('first.txt', 'upon: by emma')],
          ['first.txt is written', finish],
        );
  });
  const { route, until, task, company, owner, faults } = await openLlmCompany(model, {
    worktreesOf: project.folder,
    file: smallCompany({ workflows }),
    options: { price: { input: 1, output: 1 } },
  });
  await route('Dark mode');
  await until((state) =>
    [...state.epics.values()].every(({ state: is }) => is === 'completed' || is === 'blocked'),
  );
  await expect
    .poll(() => project.show(project.branches()[0] ?? '', 'whole.txt'), { timeout: 30_000 })
    .toBe('all of it');
  const [branch = ''] = project.branches();
  // No branch of a part is shown beside it.
  expect(project.branches()).toEqual([expect.stringMatching(/^agentcoord\/dark-mode-epic_/)]);
  expect(project.show(branch, 'frame.txt')).toBe('by emma');
  expect(project.show(branch, 'first.txt')).toBe('upon: by emma');
  expect(project.show(branch, 'second.txt')).toBe('after: by ann');
  // Whoever signs sees the whole, and whoever looks back sees who did what.
  const [patch] =
    (await task('Whole')).submission?.artifacts.filter(({ path }) => path === 'changes.patch') ?? [];
  const shown = Buffer.from(await company.artifacts.read(patch?.hash as never)).toString();
  for (const file of ['frame.txt', 'first.txt', 'second.txt', 'whole.txt'])
    expect(shown).toContain(`+++ b/${file}`);
  expect(project.git('log', '--format=%an', branch).split('\n')).toEqual(
    expect.arrayContaining(['emma', 'ann']),
  );
  const { total, rows } = await owner.query('usage', { by: 'epic' });
  expect(rows.map(({ name, money }) => ({ name, money }))).toEqual([
    { name: 'Dark mode', money: total.money },
  ]);
  expect(faults).toEqual([]);
});
