/** `agentcoord usage`: what was spent, grouped, and how far each budget is used. */
import type { Command } from 'commander';
import { Option } from 'commander';
import type { UsageGroup } from '../../contract/usage.ts';
import { usageGroups } from '../../contract/usage.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';

export function addUsageCommand(program: Command): void {
  program
    .command('usage')
    .description('show what was spent on models, and how far each budget is used')
    .addOption(new Option('--by <group>', 'what to add up by').choices(usageGroups).default('task'))
    .action(async ({ by }: { by: UsageGroup }, command: Command) => {
      const options = globalOptions(command);
      const { withCompany } = await import('../company-session.ts');
      const { usageDocument } = await import('../documents/usage-document.ts');
      const { usageText } = await import('../output/usage-text.ts');
      const output = openOutput(options.json);
      await withCompany(options, async ({ coordination }) => {
        const document = usageDocument(await coordination.query('usage', { by }));
        output.answer(document, () => usageText(document, output));
      });
    });
}
