/** `agentcoord tasks`: the tasks, the most urgent first, and why each waits. */
import type { Command } from 'commander';
import { Option } from 'commander';
import type { TaskState } from '../../core/task/task.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { meaningOf } from '../output/style.ts';

const states = ['blocked', 'ready', 'leased', 'awaiting_gate', 'done', 'failed', 'cancelled'] as const;

/** As many as one query gives. */
const mostTasks = 1_000;

interface TasksOptions {
  readonly state?: TaskState;
  readonly epic?: string;
}

export function addTasksCommand(program: Command): void {
  program
    .command('tasks')
    .description('list tasks, the most urgent first, and why each waits')
    .addOption(new Option('--state <state>', 'only those in this state').choices(states))
    .option('--epic <id or title>', 'only those of this epic')
    .action(async ({ state, epic }: TasksOptions, command: Command) => {
      const options = globalOptions(command);
      const { withCompany } = await import('../company-session.ts');
      const { readNames } = await import('../documents/names.ts');
      const { findEpic } = await import('../find-epic.ts');
      const { taskDocument } = await import('../documents/task-document.ts');
      const output = openOutput(options.json);
      await withCompany(options, async ({ coordination }) => {
        const epicId = epic === undefined ? undefined : (await findEpic(coordination, epic)).id;
        const [views, names] = await Promise.all([
          coordination.query('tasks', {
            limit: mostTasks,
            ...(state && { state }),
            ...(epicId && { epicId }),
          }),
          readNames(coordination),
        ]);
        const tasks = views.map((view) => taskDocument(view, names));
        if (tasks.length === mostTasks)
          output.note(`These are the first ${mostTasks}; --state and --epic narrow it down.`);
        output.answer({ tasks }, () => {
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
