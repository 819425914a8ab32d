/** Decides to route an epic through a workflow: its stories, and a task for each step and a gate for each gate of each. */
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import type { CompanyEvent } from '../event.ts';
import type { GateId, StepId, TaskId } from '../ids.ts';
import { suggestion } from '../nearest-name.ts';
import type { Company } from '../org/org.ts';
import { requireCompany } from '../org/require-company.ts';
import type { CompanyState } from '../state.ts';
import { findingText } from '../workflow/finding.ts';
import { checkSatisfiability } from '../workflow/satisfiability.ts';
import type { Step, Workflow } from '../workflow/workflow.ts';
import type { Epic, Story } from './epic.ts';

/** @throws CoordError `NOT_FOUND` - the workflow; `EPIC_UNSATISFIABLE` - with the report, unless forced */
export function decideCreateEpic(
  state: CompanyState,
  command: CommandOf<'epic.create'>,
  context: Context,
): CompanyEvent[] {
  const company = requireCompany(state);
  const workflow = requireWorkflow(state, command.workflow);
  const forced = requireSatisfiable(state, workflow, command.force);
  const { actor, newId, now } = context;
  const epic: Epic = {
    id: newId('epic'),
    title: command.title,
    description: command.description,
    workflow: { name: workflow.id, version: workflow.version },
    priority: command.priority ?? workflow.priority,
    state: 'pending',
    reason: null,
    budget: null,
    createdBy: actor.kind === 'member' ? actor.memberId : company.ownerId,
    createdAt: now,
    endedAt: null,
  };
  const titles = command.stories.length > 0 ? command.stories : [command.title];
  return [
    { type: 'epic.created', epic, forced },
    ...titles.flatMap((title) => routeStory(title, epic, workflow, company, context)),
    { type: 'epic.routed', epicId: epic.id },
  ];
}

function requireWorkflow(state: CompanyState, name: CommandOf<'epic.create'>['workflow']): Workflow {
  const workflow = state.workflows.get(name);
  if (workflow) return workflow;
  const names = [...state.workflows.values()].map(({ id }) => id).sort();
  throw new CoordError(
    'NOT_FOUND',
    `There is no workflow \`${name}\` in this company: ${suggestion(name, names)}`,
    {
      workflow: name,
      workflows: names,
    },
  );
}

/** Whether it had to be forced. */
function requireSatisfiable(state: CompanyState, workflow: Workflow, force: boolean): boolean {
  const report = checkSatisfiability(state, workflow);
  if (report.finishable) return false;
  if (force) return true;
  const errors = report.findings.filter(({ severity }) => severity === 'error');
  const list = errors.map(findingText).join('; ');
  throw new CoordError(
    'EPIC_UNSATISFIABLE',
    `The epic was not routed: this company could never finish the workflow \`${workflow.id}\`: ${list}`,
    { report },
  );
}

function routeStory(
  title: string,
  epic: Epic,
  workflow: Workflow,
  company: Company,
  { newId, host }: Context,
): CompanyEvent[] {
  const story: Story = { id: newId('story'), epicId: epic.id, title };
  const taskIds = new Map<StepId, TaskId>(workflow.steps.map((step) => [step.id, newId('task')]));
  const steps = workflow.steps.flatMap((step) => {
    const gates = step.gates.map((rule) => ({ id: newId('gate'), rule }));
    const idsAt = (position: 'before' | 'after'): GateId[] =>
      gates.filter(({ rule }) => rule.position === position).map(({ id }) => id);
    const taskId = idOf(taskIds, step.id);
    const where = { epicId: epic.id, storyId: story.id, stepId: step.id };
    const created: CompanyEvent = {
      type: 'task.created',
      // A step waits until all of its epic is there.
      isReady: false,
      home: host,
      task: {
        ...where,
        ...taskOf(step, epic, company),
        id: taskId,
        dependsOn: step.dependsOn.map((id) => idOf(taskIds, id)),
        gatesBefore: idsAt('before'),
        gatesAfter: idsAt('after'),
      },
    };
    return [
      created,
      ...gates.map(({ id, rule }): CompanyEvent => {
        return { type: 'gate.created', gate: { ...where, id, name: rule.name, taskId, rule } };
      }),
    ];
  });
  return [{ type: 'story.created', story }, ...steps];
}

function taskOf(step: Step, { priority }: Epic, { policy }: Company) {
  return {
    kind: 'step',
    title: step.title,
    description: '',
    roleId: step.roleId,
    requiresCapabilities: step.requiresCapabilities,
    tags: [],
    priority,
    complexity: step.complexity,
    checks: step.checks,
    review: null,
    assigneeId: null,
    reserved: false,
    maxAttempts: policy.maxAttempts,
  } as const;
}

/** A workflow's dependencies were checked when it was defined. */
function idOf(ids: ReadonlyMap<StepId, TaskId>, step: StepId): TaskId {
  const id = ids.get(step);
  if (id) return id;
  throw new CoordError('INTERNAL', `The workflow depends on a step ${step} that it doesn't have`);
}
