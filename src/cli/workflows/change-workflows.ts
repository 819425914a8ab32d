/** Adds, replaces and removes workflows of the company. */
import type { WorkflowFileInput } from '../../contract/templates.ts';
import { namesOfCompany } from '../../core/org/known-names.ts';
import { fileInvalid } from '../../template/finding.ts';
import { readWorkflowFile } from '../../template/read-workflow-file.ts';
import { withCompany } from '../company-session.ts';
import { workflowDocument } from '../documents/workflow-document.ts';
import { readText } from '../files/read-input.ts';
import type { GlobalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { readState } from '../read-state.ts';
import { findWorkflow } from './find-workflow.ts';

/** @throws CoordError `NOT_FOUND`; `FILE_INVALID` - every finding, with line and column */
export async function setWorkflow(file: string, options: GlobalOptions): Promise<void> {
  const output = openOutput(options.json);
  const text = await readText(file);
  await withCompany(options, async ({ coordination }) => {
    const known = namesOfCompany(await readState(coordination));
    const read = readWorkflowFile(text, file === '-' ? 'stdin' : file, known);
    if (!read.ok) throw fileInvalid(read.findings);
    // It fits the schema, so it has the shape of the schema's input.
    const workflow = read.raw as WorkflowFileInput;
    const { events } = await coordination.command({ type: 'workflow.define', workflow });
    const state = await readState(coordination);
    const document = workflowDocument(state, findWorkflow(state, read.file.name));
    const changed = events.length > 0;
    output.answer({ changed, workflow: document }, () => {
      const { name, version, steps, reasons } = document;
      const said = changed
        ? `${name} is version ${version} now, with ${steps} steps.`
        : `${name} is so already.`;
      return [said, ...reasons.map((why) => `It can't be finished: ${why}`)].join('\n');
    });
  });
}

/** @throws CoordError `NOT_FOUND` */
export async function removeWorkflow(name: string, options: GlobalOptions): Promise<void> {
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    const { id } = findWorkflow(await readState(coordination), name);
    await coordination.command({ type: 'workflow.remove', workflowId: id });
    output.answer({ removed: id }, () => `${id} is removed. Epics that run keep it.`);
  });
}
