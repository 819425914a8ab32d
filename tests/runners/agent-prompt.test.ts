/** What a coding agent is told of its task: all that a model is told, with the files where it finds them. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { TaskBrief } from '../../src/contract/queries.ts';
import { agentPrompt } from '../../src/runners/cli-agent/agent-prompt.ts';
import { layOutFolders } from '../../src/runners/command-folders.ts';
import type { BriefParts } from './run-context.ts';
import { contextOf, Shelf } from './run-context.ts';

async function told(parts: BriefParts, more: object, shelf = new Shelf()) {
  const context = await contextOf(parts, { shelf });
  const brief = { ...context.brief, ...more } as unknown as TaskBrief;
  const folders = await layOutFolders({ ...context, brief });
  return { prompt: agentPrompt({ ...context, brief }, folders), folders };
}

it('a part that was sent back is told with which note, and what its agent may do', async () => {
  const { prompt } = await told(
    { notes: ['No tests.'] },
    { returns: [{ by: 'emma', note: 'Too short.' }], capabilities: ['write_tests', 'fix_bugs'] },
  );
  expect(prompt).toContain('- at kickoff: No tests.\n- by emma: Too short.');
  expect(prompt).toContain('What you may do there: write_tests, fix_bugs.');
});

it('what was asked and what its parts came to is told, with their files', async () => {
  const shelf = new Shelf();
  const { prompt, folders } = await told(
    { inputs: [{ title: 'Research', artifacts: [shelf.put('r.md', 'r')] }] },
    {
      questions: [
        { to: 'owner', text: 'Which colour?', answer: { by: 'owner', text: 'Blue.', artifacts: [] } },
        {
          to: 'pia',
          text: 'How large?',
          answer: { by: 'pia', text: '', artifacts: [shelf.put('size.md', 's')] },
        },
      ],
      parts: [
        {
          id: 'task_2',
          title: 'Half',
          state: 'failed',
          by: 'ann',
          failedBecause: 'no disk',
          artifacts: [shelf.put('half.md', 'h')],
        },
      ],
    },
    shelf,
  );
  expect(prompt).toContain('- to owner: Which colour?\n  Answer of owner: Blue.');
  expect(prompt).toContain('- "Half" by ann: failed (no disk)');
  for (const [file, text] of [
    ['1/r.md', 'r'],
    ['4/size.md', 's'],
    ['5/half.md', 'h'],
  ] as const) {
    expect(prompt).toContain(`${folders.inputs}/${file}`);
    expect(await readFile(`${folders.inputs}/${file}`, 'utf8')).toBe(text);
  }
});

it('a review is told the checks with their exit codes, what was said before, and where the change is', async () => {
  const shelf = new Shelf();
  const change = shelf.put('changes.patch', '+ blue');
  const { prompt, folders } = await told(
    { kind: 'review', review: { artifacts: [change], notes: [{ note: 'No tests.', hash: 'x' }] } },
    {
      proofs: [
        {
          from: 'Do',
          hash: change.hash,
          commit: null,
          checks: [{ command: 'npm test', exitCode: 0, took: 2_000, tail: '12 passed' }],
        },
      ],
    },
    shelf,
  );
  expect(prompt).toContain(
    '- of "Do": npm test\nended with exit code 0 after 2.0 s; the end of what it printed:\n12 passed',
  );
  expect(prompt).toContain('- at kickoff: No tests.');
  expect(prompt).toContain(`${folders.inputs}/1/changes.patch`);
  expect((await told({ kind: 'review', review: { artifacts: [change] } }, {}, shelf)).prompt).toContain(
    'None: its step has no checks.',
  );
});
