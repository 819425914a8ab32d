/** What is wrong in the text of a workflow stands at its own line, whatever stands above it. */
import { expect, it } from 'vitest';
import { builtinNames } from '../../../src/core/org/known-names.ts';
import type { Workflow } from '../../../src/core/workflow/workflow.ts';
import { readWorkflow, writeWorkflow } from '../../../src/renderer/features/workflows/workflow-yaml.ts';

const text = `# How a bug goes

name: bug # by this name
version: 1
steps:
  - { id: 1, title: Look, role: qa_eng }
  - id: 2
    title: Mend
    role: engineer
    depends_on: [1]
    gates:
      - { name: code_review, position: after, requires: { em: 1 } }
`;
const drawn = { id: 'bug' } as Workflow;

it.each([
  ['another name', ['name: bug', 'name: bugs'], 3, 'This is the workflow bugs'],
  ['a role that is none', ['role: engineer', 'role: enginer'], 9, 'there is no role `enginer`'],
  ['a role of a gate', ['em: 1', 'emm: 1'], 12, 'there is no role `emm`'],
  ['a step that is none', ['[1]', '[3]'], 10, 'there is no step `3`'],
  ['a circle', ['role: qa_eng', 'role: qa_eng, depends_on: [2]'], 6, 'steps wait for each other'],
  ['a word that is none', ['position: after', 'position: later'], 12, '`position` can'],
  ['a key that is there twice', ['    role: engineer', '    role: pm\n    role: engineer'], 10, '`role`'],
  ['a list without an end', ['[1]', '[1'], 11, ''],
  ['a tab, and nothing else', ['    title: Mend', '\ttitle: Mend'], 8, 'Tabs are not allowed'],
] as const)('says the line of %s', (_what, [from, to], line, words) => {
  const read = readWorkflow(text.replace(from, to), drawn, builtinNames);
  if (read.ok) throw new Error('it was taken');
  expect(read.findings.map((finding) => finding.line)).toContain(line);
  expect(read.findings[0]).toMatchObject({ line, message: expect.stringContaining(words) });
  if (words.startsWith('Tabs')) expect(read.findings).toHaveLength(1);
});

it('is drawn and written again with every comment', () => {
  const read = readWorkflow(text, drawn, builtinNames);
  if (!read.ok) throw new Error(read.findings[0]?.message);
  expect(read.findingOf('no')).toMatchObject({ line: 3, message: 'no' });
  const [look, mend] = read.workflow.steps;
  if (!look || !mend) throw new Error('it has two steps');
  const renamed = { ...read.workflow, steps: [{ ...look, title: 'Look closer' }, mend] };
  expect(writeWorkflow(text, renamed)).toBe(text.replace('title: Look', 'title: Look closer'));
});

it('keeps what was drawn while the text was broken, and asks where both changed the same', () => {
  const read = readWorkflow(text, drawn, builtinNames);
  if (!read.ok) throw new Error(read.findings[0]?.message);
  const over = read.workflow;
  const [look, mend] = over.steps;
  if (!look || !mend) throw new Error('it has two steps');
  const tell = { ...look, id: 'tell' as typeof look.id, title: 'Tell', dependsOn: [mend.id] };
  const now = { ...over, steps: [look, { ...mend, complexity: 3 }, tell] };
  const titled = readWorkflow(text.replace('title: Mend', 'title: Repair'), over, builtinNames, now);
  if (!titled.ok) throw new Error(titled.findings[0]?.message);
  expect(titled.workflow.steps).toEqual([look, { ...mend, title: 'Repair', complexity: 3 }, tell]);

  const both = text.replace('role: engineer', 'role: engineer\n    complexity: 5');
  expect(readWorkflow(both, over, builtinNames, now)).toMatchObject({
    ok: false,
    isOvertaken: true,
    findings: [{ line: 7, message: 'Mend: complexity changed on the drawing meanwhile, too' }],
  });
  const complexityBy = (side: 'mine' | 'theirs') => {
    const settled = readWorkflow(both, over, builtinNames, now, side);
    return settled.ok ? settled.workflow.steps.map(({ complexity }) => complexity) : null;
  };
  expect([complexityBy('mine'), complexityBy('theirs')]).toEqual([
    [1, 5, 1],
    [1, 3, 1],
  ]);
});
