/** Decides what is asked about workflows: a definition is taken as a whole or refused with every reason. */
import type { CommandOf } from '../command.ts';
import { CoordError } from '../error.ts';
import { FileNode } from '../file-node.ts';
import { suggestion } from '../nearest-name.ts';
import { namesOfCompany } from '../org/known-names.ts';
import { requireCompany } from '../org/require-company.ts';
import { refuseProblems } from '../problem.ts';
import type { CompanyState } from '../state.ts';
import { checkWorkflowFile } from './check-workflow-file.ts';
import type { Workflow } from './workflow.ts';
import type { WorkflowEvent } from './workflow-events.ts';
import { workflowFrom } from './workflow-from-file.ts';

export type WorkflowCommand = CommandOf<'workflow.define' | 'workflow.remove'>;

export function decideWorkflow(state: CompanyState, command: WorkflowCommand): WorkflowEvent[] {
  requireCompany(state);
  switch (command.type) {
    case 'workflow.define':
      return decideDefine(state, command);
    case 'workflow.remove':
      return decideRemove(state, command);
  }
}

/** A workflow that is there already is replaced, by a version higher than its own; by its equal: nothing happens. */
function decideDefine(
  state: CompanyState,
  { workflow: file }: CommandOf<'workflow.define'>,
): WorkflowEvent[] {
  const problems = checkWorkflowFile(new FileNode(file), namesOfCompany(state));
  refuseProblems(`The workflow \`${file.name}\``, problems);
  const workflow = workflowFrom(file);
  const known = state.workflows.get(workflow.id);
  if (!known) return [{ type: 'workflow.defined', workflow }];
  if (sameBut(workflow, known)) return [];
  const version = Math.max(workflow.version, known.version + 1);
  return [{ type: 'workflow.defined', workflow: { ...workflow, version } }];
}

/** Whether they differ in nothing, or only in a version that isn't higher. */
function sameBut(workflow: Workflow, known: Workflow): boolean {
  if (workflow.version > known.version) return false;
  return JSON.stringify({ ...workflow, version: known.version }) === JSON.stringify(known);
}

function decideRemove(state: CompanyState, { workflowId }: CommandOf<'workflow.remove'>): WorkflowEvent[] {
  if (state.workflows.get(workflowId)) return [{ type: 'workflow.removed', workflowId }];
  const names = [...state.workflows.values()].map(({ id }) => id).sort();
  throw new CoordError(
    'NOT_FOUND',
    `There is no workflow \`${workflowId}\` to remove: ${suggestion(workflowId, names)}`,
    {
      workflow: workflowId,
    },
  );
}
