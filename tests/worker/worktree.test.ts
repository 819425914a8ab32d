/** A company whose tasks have git worktrees: each works on a branch of its own, and what the gates let through is merged. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WorkflowFileInput } from '../../src/contract/templates.ts';
import { gitProject } from '../git-project.ts';
import { smallCompany } from '../real-company.ts';
import { superviseCompany } from './supervised-company.ts';

const step = (id: number, title: string, more: object = {}) => ({ id, title, role: 'engineer', ...more });
const flow = (...steps: WorkflowFileInput['steps']): WorkflowFileInput[] => [{ name: 'small', steps }];

/** Does what the title of the task says. */
const byTitle = (acts: Readonly<Record<string, string>>) => ({
  command: [
    'if [ "$AGENTCOORD_KIND" = review ]; then echo approve > "$AGENTCOORD_DECISION"; exit 0; fi',
    'case "$AGENTCOORD_TITLE" in',
    ...Object.entries(acts).map(([title, act]) => `"${title}") ${act} ;;`),
    'esac',
  ].join('\n'),
});

const isOver = (state: { epics: { values(): Iterable<{ state: string }> } }) =>
  [...state.epics.values()].every(({ state: is }) => is === 'completed' || is === 'blocked');

describe('a task with a worktree', () => {
  it('changes files on a branch of its own, shows the change to the gate, and is merged when that opens', async () => {
    const project = await gitProject({ 'src/a.txt': 'old\n', 'README.md': 'hi\n' });
    const workflows = flow(
      step(1, 'Change', { gates: [{ name: 'review', position: 'after', requires: { em: 1 } }] }),
      step(2, 'Build on it', { depends_on: [1] }),
    );
    const { route, until, task, company, faults } = await superviseCompany({
      worktreesOf: project.folder,
      file: { ...smallCompany({ workflows }) },
      runner: 'command',
      options: byTitle({
        Change: 'echo new > src/a.txt; rm README.md; mkdir docs; echo b > docs/b.txt',
        'Build on it': 'cat src/a.txt docs/b.txt > both.txt',
      }),
    });
    await route('Dark mode');
    await until(isOver);
    // The branch is shown there once the log has the merge.
    await expect
      .poll(() => project.show(project.branches()[0] ?? '', 'both.txt'), { timeout: 30_000 })
      .toBe('new\nb');
    const [branch = ''] = project.branches();
    expect(branch).toMatch(/^agentcoord\/dark-mode-epic_/);
    expect(project.show(branch, 'README.md')).toBeNull();
    expect(project.git('log', '--format=%an', branch).split('\n')).toEqual(['ann', 'ann', 'Pat']);
    expect(project.show('main', 'src/a.txt')).toBe('old');
    const { submission, merge } = await task('Change');
    expect(submission?.artifacts.map(({ path: name }) => name)).toEqual(['changes.patch']);
    const patch = await company.artifacts.read(submission?.artifacts[0]?.hash as never);
    expect(Buffer.from(patch).toString()).toContain('+new');
    expect(merge).toMatchObject({ commit: submission?.change?.commit });
    await expect.poll(() => readdir(path.join(company.folder, 'worktrees'))).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('goes back to its author when it does not fit what was merged meanwhile, with both sides in its files', async () => {
    const project = await gitProject({ 'a.txt': 'one\n' });
    const workflows = flow(
      step(1, 'Left', { gates: [{ name: 'left', position: 'after', requires: { em: 1 } }] }),
      step(2, 'Right', { gates: [{ name: 'right', position: 'after', requires: { pm: 1 } }] }),
    );
    const { route, until, task, company } = await superviseCompany({
      worktreesOf: project.folder,
      file: {
        ...smallCompany({ workflows }),
        departments: [
          {
            name: 'engineering',
            teams: [
              {
                name: 'core',
                members: [
                  { name: 'ann', role: 'engineer' },
                  { name: 'ben', role: 'engineer' },
                  { name: 'emma', role: 'em' },
                  { name: 'pia', role: 'pm' },
                ],
              },
            ],
          },
        ],
      },
      runner: 'command',
      options: byTitle({
        Left: meet(
          'left',
          'right',
          'if grep -q "<<<<" a.txt; then echo both > a.txt; else echo left > a.txt; fi',
        ),
        Right: meet(
          'right',
          'left',
          'if grep -q "<<<<" a.txt; then echo both > a.txt; else echo right > a.txt; fi',
        ),
      }),
    });
    await route('Dark mode');
    await until(isOver);
    await expect
      .poll(() => project.show(project.branches()[0] ?? '', 'a.txt'), { timeout: 30_000 })
      .toBe('both');
    const conflicted = [await task('Left'), await task('Right')].filter(({ notes }) => notes.length > 0);
    expect(conflicted).toHaveLength(1);
    expect(conflicted[0]?.notes[0]).toMatchObject({
      gateName: 'merge',
      note: expect.stringContaining('a.txt'),
    });
    expect(new Set(conflicted[0]?.attempts.map(({ memberId }) => memberId)).size).toBe(1);
    await expect.poll(() => readdir(path.join(company.folder, 'worktrees'))).toEqual(['left', 'right']);
  });
});

/** Both hold their tasks before either changes anything. */
function meet(own: string, other: string, act: string): string {
  return `touch "$PWD/../${own}"; for i in $(seq 200); do [ -e "$PWD/../${other}" ] && break; sleep 0.05; done; ${act}`;
}
