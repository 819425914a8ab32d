/** `agentcoord task take|give-back|hand-in`: what a person does with a task of their own. */
import type { Command } from 'commander';
import { changeTask } from './change-task.ts';

interface HandInOptions {
  readonly text?: string;
}

export function addOwnTaskCommands(task: Command): void {
  const one = (name: string, description: string) =>
    task
      .command(name)
      .description(description)
      .argument('<task>', 'its id, the beginning of it, or its title');
  one('take', 'take a task that is ready: it is yours until you hand it in or give it back').action(
    (key: string, _options: object, command: Command) =>
      changeTask(key, command, (_session, taskId) => ({ type: 'task.claim', taskId })),
  );
  one('give-back', 'give back a task that you have taken')
    .requiredOption('--reason <text>', 'why; it is kept with the attempt')
    .action((key: string, { reason }: { reason: string }, command: Command) =>
      changeTask(key, command, async (session, taskId) => {
        const { ownLease } = await import('../tasks/own-lease.ts');
        return { type: 'task.release', taskId, token: await ownLease(session, taskId), reason };
      }),
    );
  one('hand-in', 'hand in what you made of a task that you have taken: files, words, or both')
    .argument('[files...]', 'each goes in under its own name')
    .option('--text <text>', 'words, as result.md; - is the standard input')
    .action(async (key: string, files: readonly string[], { text }: HandInOptions, command: Command) => {
      if (files.length === 0 && text === undefined)
        command.error('error: name the files that you hand in, or say it in words with --text');
      const { readResult, storeResult } = await import('../tasks/hand-in.ts');
      const result = await readResult(files, text ?? null);
      await changeTask(key, command, async (session, taskId) => {
        const { ownLease } = await import('../tasks/own-lease.ts');
        const token = await ownLease(session, taskId);
        const artifacts = await storeResult(session.coordination, result);
        return { type: 'task.complete', taskId, token, artifacts };
      });
    });
}
