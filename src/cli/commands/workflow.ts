/** `agentcoord workflow list|show|set|remove`: the workflows of the company, also as files. */
import type { Command } from 'commander';
import { globalOptions } from '../global-options.ts';

export function addWorkflowCommand(program: Command): void {
  const workflow = program.command('workflow').description('see and change the workflows of the company');
  workflow
    .command('list', { isDefault: true })
    .description('list them, and whether the company can finish each')
    .action(async (_options: object, command: Command) => {
      const { listWorkflows } = await import('../workflows/show-workflows.ts');
      await listWorkflows(globalOptions(command));
    });
  workflow
    .command('show')
    .description('print one as a workflow file')
    .argument('<name>')
    .action(async (name: string, _options: object, command: Command) => {
      const { showWorkflow } = await import('../workflows/show-workflows.ts');
      await showWorkflow(name, globalOptions(command));
    });
  workflow
    .command('set')
    .description('add the workflow of a file, or replace the one of its name; epics that run keep theirs')
    .argument('<file>', 'a workflow file; - is the standard input')
    .action(async (file: string, _options: object, command: Command) => {
      const { setWorkflow } = await import('../workflows/change-workflows.ts');
      await setWorkflow(file, globalOptions(command));
    });
  workflow
    .command('remove')
    .description('remove one; epics that run keep theirs')
    .argument('<name>')
    .action(async (name: string, _options: object, command: Command) => {
      const { removeWorkflow } = await import('../workflows/change-workflows.ts');
      await removeWorkflow(name, globalOptions(command));
    });
}
