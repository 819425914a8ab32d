/** `agentcoord org export|apply|merge`: the structure of the company as a file, and back. */
import type { Command } from 'commander';
import { globalOptions } from '../global-options.ts';

export function addOrgCommand(program: Command): void {
  const org = program.command('org').description('the structure of the company as a company file, and back');
  org
    .command('export')
    .description('print departments, teams, members, roles and policy as a company file')
    .action(async (_options: object, command: Command) => {
      const { exportOrg } = await import('../org/export-org.ts');
      await exportOrg(globalOptions(command));
    });
  org
    .command('apply')
    .description('make the company what a company file says: all of the edits that lead there, or none')
    .argument('<file>', 'a company file; - is the standard input')
    .option('--dry-run', 'only say what would change, and what it would do to what runs', false)
    .action(async (file: string, { dryRun }: { dryRun: boolean }, command: Command) => {
      const { applyOrg } = await import('../org/apply-org.ts');
      await applyOrg(file, dryRun, globalOptions(command));
    });
  org
    .command('merge')
    .description('put a new version of the company’s template on top of what was changed since the last one')
    .argument('<file>', 'the template as a company file; - is the standard input')
    .option(
      '--theirs <conflict...>',
      'what both changed is taken from the template: conflicts as they are listed, or all; else the company’s stays',
      [],
    )
    .option('--dry-run', 'only say what both changed, and what would change', false)
    .action(async (file: string, options: { theirs: string[]; dryRun: boolean }, command: Command) => {
      const { mergeOrg } = await import('../org/merge-org.ts');
      await mergeOrg(file, options, globalOptions(command));
    });
}
