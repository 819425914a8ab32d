/** A workflow as a file writes it: the way back from `workflow-from-file`. */
import type { z } from 'zod';
import { durationText } from '../org/duration-text.ts';
import type { GateRule, Step, Workflow } from './workflow.ts';
import type { workflowFileSchema } from './workflow-file.ts';

export type WorkflowFileInput = z.input<typeof workflowFileSchema>;
type StepFile = WorkflowFileInput['steps'][number];
type GateFile = NonNullable<StepFile['gates']>[number];

/** What is so by default is left out, as people do. */
export function workflowFileOf({ id, version, priority, steps }: Workflow): WorkflowFileInput {
  return {
    name: id,
    version,
    ...(priority !== 'NORMAL' && { priority }),
    steps: steps.map(stepFileOf),
  };
}

function stepFileOf(step: Step): StepFile {
  return {
    id: /^\d{1,9}$/.test(step.id) ? Number(step.id) : step.id,
    title: step.title,
    role: step.roleId,
    ...(step.dependsOn.length > 0 && {
      depends_on: step.dependsOn.map((id) => (/^\d{1,9}$/.test(id) ? Number(id) : id)),
    }),
    ...(step.complexity !== 1 && { complexity: step.complexity }),
    ...(step.requiresCapabilities.length > 0 && { requires_capabilities: [...step.requiresCapabilities] }),
    ...(step.checks.length > 0 && { checks: [...step.checks] }),
    ...(step.gates.length > 0 && { gates: step.gates.map(gateFileOf) }),
  };
}

function gateFileOf(rule: GateRule): GateFile {
  return {
    name: rule.name,
    position: rule.position,
    requires: Object.fromEntries(rule.requires.map(({ roleId, count }) => [roleId, count])),
    ...(rule.humanRequired && { human_required: true }),
    ...(rule.selfApproval === 'allowed' && { self_approval: rule.selfApproval }),
    ...(!rule.distinct && { distinct: false }),
    ...(rule.timeout !== null && { timeout: durationText(rule.timeout) }),
    ...(rule.onTimeout !== 'escalate' && { on_timeout: rule.onTimeout }),
  };
}
