/** `agentcoord answer`: tells a task what it waits to be told. */
import type { Command } from 'commander';
import { changeTask } from './change-task.ts';

export function addAnswerCommand(program: Command): void {
  program
    .command('answer')
    .description('answer the question that a task waits with; `board inbox` lists those for you')
    .argument('<task>', 'its id, the beginning of it, or its title')
    .argument('<text>', 'what whoever works on it has to know')
    .action((key: string, text: string, _options: object, command: Command) =>
      changeTask(key, command, (_session, taskId) => ({ type: 'task.answer_question', taskId, text })),
    );
}
