/** The forms by which work is created: an epic through a workflow, and a task of its own. */
import type { RoleId, WorkflowName } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import { checkSatisfiability } from '../../core/workflow/satisfiability.ts';
import type { Workflow } from '../../core/workflow/workflow.ts';
import { priorities } from '../../core/workflow/workflow.ts';
import type { ChoiceOption } from '../model/form.ts';
import { choiceField, newForm, textField } from '../model/form.ts';
import type { Act } from '../model/screen.ts';
import type { Line } from '../text/line.ts';
import { piece } from '../text/line.ts';
import { stuckBecause } from '../text/stuck-because.ts';

/** @param about what is said before the fields */
export function newEpicForm(state: CompanyState, about: readonly Line[] = []): Act {
  const workflows = [...state.workflows.values()].map((workflow) => workflowOption(state, workflow));
  if (workflows.length === 0) {
    return { kind: 'notice', text: 'The company has no workflow to route an epic through' };
  }
  const able = workflows.filter(({ warning }) => warning === undefined).map(({ value }) => value);
  const first = able.includes('feature') ? 'feature' : able[0];
  return {
    kind: 'form',
    form: newForm({
      title: 'New epic',
      about: [
        ...about,
        [piece('over', 'It becomes a task for each step of the workflow, and a gate for each approval.')],
      ],
      verb: 'create it',
      fields: [
        textField('title', 'Title', { hint: 'what is to be reached' }),
        choiceField('workflow', 'Workflow', workflows, first),
        choiceField('priority', 'Priority', [
          { value: '', label: 'as the workflow has it' },
          ...priorities.map((priority) => ({ value: priority, label: priority })),
        ]),
        textField('stories', 'Stories', {
          hint: 'one a line, each through the workflow by itself; none: the epic is one',
          required: false,
          isLong: true,
        }),
        textField('description', 'Details', {
          hint: 'what whoever does it must know',
          required: false,
          isLong: true,
        }),
      ],
    }),
    submit: ({ title = '', workflow = '', priority, stories = '', description = '' }) => ({
      kind: 'command',
      command: {
        ...{ type: 'epic.create', title, description, workflow: workflow as WorkflowName },
        priority: priorities.find((known) => known === priority) ?? null,
        stories: stories
          .split('\n')
          .map((story) => story.trim())
          .filter((story) => story !== ''),
      },
      done: `“${title}” is on its way`,
    }),
  };
}

function workflowOption(state: CompanyState, workflow: Workflow): ChoiceOption {
  const { finishable, findings } = checkSatisfiability(state, workflow);
  const { id, steps } = workflow;
  if (finishable) return { value: id, label: `${id} (${steps.length} steps)` };
  return {
    ...{ value: id, label: `${id} (${steps.length} steps) ✗ can’t be finished here` },
    warning: stuckBecause(findings),
  };
}

export function newTaskForm(state: CompanyState): Act {
  const held = new Set([...state.members.values()].flatMap(({ roleIds }) => roleIds));
  const roles = [...held].sort().map((role) => ({ value: role as string, label: role as string }));
  return {
    kind: 'form',
    form: newForm({
      title: 'New task',
      about: [[piece('over', 'Outside any epic, and without gates.')]],
      verb: 'create it',
      fields: [
        textField('title', 'Title', { hint: 'what is to be done' }),
        choiceField('role', 'Role', [{ value: '', label: 'anybody' }, ...roles]),
        choiceField(
          'priority',
          'Priority',
          priorities.map((priority) => ({ value: priority, label: priority })),
          'NORMAL',
        ),
        textField('description', 'Details', {
          hint: 'what whoever does it must know',
          required: false,
          isLong: true,
        }),
      ],
    }),
    submit: ({ title = '', role = '', priority, description = '' }) => ({
      kind: 'command',
      command: {
        type: 'task.create',
        title,
        description,
        roleId: role === '' ? null : (role as RoleId),
        priority: priorities.find((known) => known === priority) ?? 'NORMAL',
      },
      done: `“${title}” is created`,
    }),
  };
}
