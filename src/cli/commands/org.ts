/** `agentcoord org export|apply`: the structure of the company as a file, and back. */
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
}
