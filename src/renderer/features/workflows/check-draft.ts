/** Whether a drawn workflow could stand in a file of the company, and why not. Pure. */
import { FileNode } from '../../../core/file-node.ts';
import { namesOfCompany } from '../../../core/org/known-names.ts';
import type { CompanyState } from '../../../core/state.ts';
import { checkWorkflowFile } from '../../../core/workflow/check-workflow-file.ts';
import type { Workflow } from '../../../core/workflow/workflow.ts';
import { workflowFileSchema } from '../../../core/workflow/workflow-file.ts';
import { workflowFileOf } from '../../../core/workflow/workflow-to-file.ts';
import { stepsBefore } from './edit-workflow.ts';
import { strings } from './strings.ts';

/** @returns the first thing that is wrong, in words; null: nothing is */
export function refusalOfDraft(state: CompanyState, workflow: Workflow): string | null {
  const file = workflowFileOf(workflow);
  const parsed = workflowFileSchema.safeParse(file);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return issue ? `${String(issue.path.at(-1) ?? 'workflow')}: ${issue.message}` : strings.invalid;
  }
  const [problem] = checkWorkflowFile(new FileNode(file), namesOfCompany(state));
  return problem ? `${problem.message}: ${problem.fix}` : null;
}

/** Why a step can't wait for another; null: it can. */
export function refusalToConnect(workflow: Workflow, from: string, to: string): string | null {
  const source = workflow.steps.find(({ id }) => id === from);
  const target = workflow.steps.find(({ id }) => id === to);
  if (!source || !target) return strings.noSuchStep;
  if (source === target) return strings.waitsForItself(target.title);
  if (target.dependsOn.includes(source.id)) return strings.waitsAlready(target.title, source.title);
  if (stepsBefore(workflow, source.id).has(target.id)) return strings.circle(source.title, target.title);
  return null;
}
