/** `agentcoord task show|release|reassign|assign|prioritize|cancel|retry`: one task, with every attempt at it, and what a person may do with it. */
import type { Command } from 'commander';
import type { CommandInput } from '../../core/command.ts';
import type { TaskId } from '../../core/ids.ts';
import type { Priority } from '../../core/workflow/workflow.ts';
import type { CompanySession } from '../company-session.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { parsePriority } from './shared-options.ts';

type Change = (session: CompanySession, taskId: TaskId) => CommandInput | Promise<CommandInput>;

export function addTaskChanges(task: Command): void {
  const one = (name: string, description: string) =>
    task
      .command(name)
      .description(description)
      .argument('<task>', 'its id, the beginning of it, or its title');
  one('show', 'show a task with every attempt at it').action((key: string, _options, command: Command) =>
    changeTask(key, command, null),
  );
  one('release', 'take a task back from whoever works on it; their run is stopped')
    .requiredOption('--reason <text>', 'why; it is kept with the attempt')
    .action((key: string, { reason }: { reason: string }, command: Command) =>
      changeTask(key, command, (_session, taskId) => ({ type: 'task.force_release', taskId, reason })),
    );
  one('reassign', 'keep a task for another member, also when somebody works on it')
    .requiredOption('--to <member>', 'who is to have it; `anybody` for whoever may take it')
    .option('--reason <text>', 'why; it is kept with the attempt', 'reassigned')
    .action((key: string, { to, reason }: { to: string; reason: string }, command: Command) =>
      changeTask(key, command, async ({ coordination }, taskId) => {
        const { findMember } = await import('../find-task.ts');
        const memberId = to === 'anybody' ? null : (await findMember(coordination, to)).id;
        return { type: 'task.reassign', taskId, memberId, reason };
      }),
    );
  one('assign', 'keep a task that nobody works on for a member')
    .requiredOption('--to <member>', 'who is to have it; `anybody` for whoever may take it')
    .action((key: string, { to }: { to: string }, command: Command) =>
      changeTask(key, command, async ({ coordination }, taskId) => {
        const { findMember } = await import('../find-task.ts');
        const memberId = to === 'anybody' ? null : (await findMember(coordination, to)).id;
        return { type: 'task.assign', taskId, memberId };
      }),
    );
  one('prioritize', 'change how urgent a task is')
    .argument('<priority>', 'LOW, NORMAL, HIGH or URGENT', parsePriority)
    .action((key: string, priority: Priority, _options: object, command: Command) =>
      changeTask(key, command, (_session, taskId) => ({ type: 'task.prioritize', taskId, priority })),
    );
  one('cancel', 'give a task up; whoever works on it is stopped')
    .requiredOption('--reason <text>', 'why')
    .action((key: string, { reason }: { reason: string }, command: Command) =>
      changeTask(key, command, (_session, taskId) => ({ type: 'task.cancel', taskId, reason })),
    );
  one('retry', 'give a task that has failed a fresh set of attempts').action(
    (key: string, _options, command: Command) =>
      changeTask(key, command, (_session, taskId) => ({ type: 'task.retry', taskId })),
  );
}

/** Does what is asked, if anything, and shows the task as it is then. */
export async function changeTask(key: string, command: Command, change: Change | null): Promise<void> {
  const options = globalOptions(command);
  const { withCompany } = await import('../company-session.ts');
  const { readNames } = await import('../documents/names.ts');
  const { taskDetails } = await import('../documents/task-document.ts');
  const { taskText } = await import('../output/task-text.ts');
  const { findTask } = await import('../find-task.ts');
  const output = openOutput(options.json);
  await withCompany(options, async (session) => {
    const { coordination } = session;
    const { id: taskId } = await findTask(coordination, key);
    if (change) await Promise.resolve(change(session, taskId)).then((asked) => coordination.command(asked));
    const [view, names] = await Promise.all([
      coordination.query('task', { taskId }),
      readNames(coordination),
    ]);
    const task = taskDetails(view, names);
    output.answer({ task }, () => taskText(task, output));
  });
}
