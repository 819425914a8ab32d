/** A workflow written into the text that people keep: what is theirs stays, what changed is changed. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { workflowFrom } from '../../src/core/workflow/workflow-from-file.ts';
import { workflowFileOf } from '../../src/core/workflow/workflow-to-file.ts';
import { readWorkflowFile } from '../../src/template/read-workflow-file.ts';
import { writeWorkflowText } from '../../src/template/workflow-text.ts';

function read(text: string) {
  const outcome = readWorkflowFile(text, 'w.yaml');
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.findings));
  return workflowFrom(outcome.file);
}

const builtin = (name: string) => readFile(`templates/workflows/${name}.yaml`, 'utf8');

it.each(['bug', 'feature', 'launch', 'trading_strategy'])('leaves %s as it is written', async (name) => {
  const text = await builtin(name);
  expect(writeWorkflowText(text, workflowFileOf(read(text)))).toBe(text);
});

it('changes a title and adds a step, and leaves every comment', async () => {
  const text = await builtin('feature');
  const workflow = read(text);
  const [first, ...others] = workflow.steps;
  if (!first) throw new Error('no step');
  const last = {
    ...first,
    id: '7',
    title: 'Look back',
    dependsOn: ['6'],
    gates: [],
  } as unknown as typeof first;
  const steps = [{ ...first, title: 'Write the PRD' }, ...others, last];
  const written = writeWorkflowText(text, workflowFileOf({ ...workflow, steps }));
  for (const comment of text.match(/#.*$/gm) ?? []) expect(written).toContain(comment);
  expect(written).toContain('title: Write the PRD');
  expect(read(written)).toEqual({ ...workflow, steps });
  expect(written).toContain('depends_on: [6]');
});

it('removes a gate and a default that does not hold any more', () => {
  const text = `name: w\nsteps:\n  - id: 1\n    title: A\n    role: pm\n    complexity: 1 # small\n    gates:\n      - { name: g, position: after, requires: { em: 1 }, distinct: true }\n`;
  const workflow = read(text);
  const steps = workflow.steps.map((step) => ({ ...step, complexity: 3, gates: [] }));
  expect(writeWorkflowText(text, workflowFileOf({ ...workflow, steps }))).toBe(
    'name: w\nsteps:\n  - id: 1\n    title: A\n    role: pm\n    complexity: 3 # small\nversion: 1\n',
  );
});

it('writes a whole text where there was none, or none that can be read', async () => {
  const workflow = read(await builtin('launch'));
  for (const before of ['', '{ [', '- a list']) {
    expect(read(writeWorkflowText(before, workflowFileOf(workflow)))).toEqual(workflow);
  }
});
