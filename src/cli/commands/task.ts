/** `agentcoord task create`: a piece of work of its own, outside any epic; beside it, what is done with one task. */
import type { Command } from 'commander';
import { calledAs } from '../called-as.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { addTaskChanges } from './change-task.ts';
import { addOwnTaskCommands } from './own-task.ts';
import { priorityOption } from './shared-options.ts';

interface CreateTaskOptions {
  readonly title: string;
  readonly description: string;
  readonly role?: string;
  readonly tags?: readonly string[];
  readonly priority?: 'LOW' | 'NORMAL' | 'HIGH' | 'URGENT';
}

export function addTaskCommand(program: Command): void {
  const task = program.command('task').description('work with single tasks');
  task
    .command('create')
    .description('create a task outside any epic')
    .requiredOption('--title <title>', 'what is to be done')
    .option('--description <text>', 'what the agent should know', '')
    .option('--role <role>', 'who may take it: the role, or one that inherits it (default: anybody)')
    .option('--tags <tag,…>', 'words that workers can filter by', splitTags)
    .addOption(priorityOption('NORMAL by default'))
    .action(createTask);
  addTaskChanges(task);
  addOwnTaskCommands(task);
}

const splitTags = (text: string): string[] =>
  text
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');

async function createTask(wish: CreateTaskOptions, command: Command): Promise<void> {
  const options = globalOptions(command);
  const { withCompany } = await import('../company-session.ts');
  const { readNames } = await import('../documents/names.ts');
  const { taskDocument } = await import('../documents/task-document.ts');
  const { createdTaskId } = await import('../created.ts');
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination, host }) => {
    const receipt = await coordination.command({
      type: 'task.create',
      title: wish.title,
      description: wish.description,
      roleId: wish.role ?? null,
      tags: [...(wish.tags ?? [])],
      ...(wish.priority && { priority: wish.priority }),
    });
    const [view, names] = await Promise.all([
      coordination.query('task', { taskId: createdTaskId(receipt) }),
      readNames(coordination),
    ]);
    const task = taskDocument(view, names);
    output.answer({ task }, () => `${task.id}: ${task.state}, for ${task.role ?? 'anybody'}`);
    if (!host) output.note(`No host runs, so nobody works on it yet: \`${calledAs()} serve\` starts one.`);
  });
}
