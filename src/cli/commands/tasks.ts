/** `agentcoord tasks`: the tasks, the most urgent first, and why each waits. */
import type { Command } from 'commander';
import { Option } from 'commander';
import type { Coordination } from '../../contract/rpc.ts';
import type { TaskPlace } from '../../core/task/ready-index.ts';
import type { TaskState } from '../../core/task/task.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { meaningOf } from '../output/style.ts';
import { wholeNumber } from './shared-options.ts';

const states = ['blocked', 'ready', 'leased', 'awaiting_gate', 'done', 'failed', 'cancelled'] as const;

interface TasksOptions {
  readonly state?: TaskState;
  readonly epic?: string;
  readonly limit: number;
  readonly after?: string;
}

export function addTasksCommand(program: Command): void {
  program
    .command('tasks')
    .description('list tasks, the most urgent first, and why each waits')
    .addOption(new Option('--state <state>', 'only those in this state').choices(states))
    .option('--epic <id or title>', 'only those of this epic')
    .option('--limit <number>', 'the first so many', wholeNumber(1, 1_000), 1_000)
    .option('--after <task>', 'those behind this one: the next page')
    .action(async ({ state, epic, limit, after }: TasksOptions, command: Command) => {
      const options = globalOptions(command);
      const { withCompany } = await import('../company-session.ts');
      const { readNames } = await import('../documents/names.ts');
      const { findEpic } = await import('../find-epic.ts');
      const { taskDocument } = await import('../documents/task-document.ts');
      const output = openOutput(options.json);
      await withCompany(options, async ({ coordination }) => {
        const epicId = epic === undefined ? undefined : (await findEpic(coordination, epic)).id;
        const filter = { ...(state && { state }), ...(epicId && { epicId }) };
        const place = after === undefined ? undefined : await placeOf(coordination, after);
        const [views, total, names] = await Promise.all([
          coordination.query('tasks', { ...filter, limit, ...(place && { after: place }) }),
          coordination.query('taskCount', filter),
          readNames(coordination),
        ]);
        const tasks = views.map((view) => taskDocument(view, names));
        const last = views.at(-1)?.task;
        const rest =
          last && views.length === limit
            ? await coordination.query('tasks', { ...filter, after: last, limit: 1 })
            : [];
        const next = last && rest.length > 0 ? last.id : null;
        if (next !== null && !options.json)
          output.note(`${tasks.length} of ${total} tasks. The next: the same command with --after ${next}`);
        output.answer({ tasks, total, next }, () => {
          if (tasks.length === 0) return 'No task fits.';
          return output.table(
            [
              { title: 'TASK', cell: (task) => ({ text: task.id, meaning: 'over' }) },
              { title: 'STATE', cell: (task) => ({ text: task.state, meaning: meaningOf(task.state) }) },
              { title: 'PRIORITY', cell: (task) => task.priority },
              { title: 'ROLE', cell: (task) => task.role ?? 'any' },
              { title: 'BY', cell: (task) => task.assignee ?? '' },
              { title: 'TITLE', cell: (task) => task.title, shrinks: true },
              { title: 'EPIC', cell: (task) => task.epic?.title ?? '', shrinks: true },
              {
                title: 'BECAUSE',
                cell: (task) => ({ text: task.waitingBecause ?? '', meaning: 'waiting' }),
                goesBelow: true,
              },
            ],
            tasks,
          );
        });
      });
    });
}

async function placeOf(coordination: Coordination, key: string): Promise<TaskPlace> {
  const { findTask } = await import('../find-task.ts');
  const { id: taskId } = await findTask(coordination, key);
  return (await coordination.query('task', { taskId })).task;
}
