/** Lists the workflows of the company, or prints one as a file. */
import { workflowFileOf } from '../../core/workflow/workflow-to-file.ts';
import { writeWorkflowText } from '../../template/workflow-text.ts';
import { calledAs } from '../called-as.ts';
import { withCompany } from '../company-session.ts';
import { workflowDocument } from '../documents/workflow-document.ts';
import type { GlobalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { readState } from '../read-state.ts';
import { findWorkflow } from './find-workflow.ts';

export async function listWorkflows(options: GlobalOptions): Promise<void> {
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    const state = await readState(coordination);
    const workflows = state.workflows.dump().map((each) => workflowDocument(state, each));
    output.answer({ workflows }, () =>
      workflows.length === 0
        ? `The company has no workflow. Add one: ${calledAs()} workflow set FILE`
        : output.table(
            [
              { title: 'WORKFLOW', cell: ({ name }) => name },
              { title: 'VERSION', cell: ({ version }) => String(version), align: 'right' },
              { title: 'PRIORITY', cell: ({ priority }) => priority },
              { title: 'STEPS', cell: ({ steps }) => String(steps), align: 'right' },
              { title: 'GATES', cell: ({ gates }) => String(gates), align: 'right' },
              {
                title: 'CAN BE FINISHED',
                cell: ({ finishable }) => ({
                  text: finishable ? 'yes' : 'no',
                  meaning: finishable ? 'good' : 'failed',
                }),
              },
              { title: 'BECAUSE', cell: ({ reasons }) => reasons.join('; '), goesBelow: true },
            ],
            workflows,
          ),
    );
  });
}

/** @throws CoordError `NOT_FOUND` */
export async function showWorkflow(name: string, options: GlobalOptions): Promise<void> {
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    const state = await readState(coordination);
    const workflow = findWorkflow(state, name);
    const yaml = writeWorkflowText('', workflowFileOf(workflow));
    output.answer({ yaml, workflow: workflowDocument(state, workflow) }, () => yaml);
  });
}
