/** Turns a checked workflow file into the workflow that the company keeps. */
import type { StepId } from '../ids.ts';
import { roleIdSchema } from '../ids.ts';
import type { GateRule, Step, Workflow } from './workflow.ts';
import type { WorkflowFile } from './workflow-file.ts';

type StepFile = WorkflowFile['steps'][number];
type GateFile = StepFile['gates'][number];

export function workflowFrom(file: WorkflowFile): Workflow {
  return {
    id: file.name,
    version: file.version,
    priority: file.priority,
    steps: file.steps.map(stepFrom),
  };
}

function stepFrom(file: StepFile): Step {
  return {
    id: file.id as StepId,
    title: file.title,
    roleId: file.role,
    dependsOn: file.depends_on.map((id) => id as StepId),
    complexity: file.complexity,
    requiresCapabilities: file.requires_capabilities,
    checks: file.checks,
    gates: file.gates.map(gateRuleFrom),
  };
}

function gateRuleFrom(file: GateFile): GateRule {
  return {
    name: file.name,
    position: file.position,
    requires: Object.entries(file.requires).map(([roleId, count]) => ({
      roleId: roleIdSchema.parse(roleId),
      count,
    })),
    humanRequired: file.human_required,
    selfApproval: file.self_approval,
    distinct: file.distinct,
    timeout: file.timeout ?? null,
    onTimeout: file.on_timeout,
  };
}
