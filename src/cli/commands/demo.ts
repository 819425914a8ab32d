/** `agentcoord demo`: a whole workflow, offline, with real worker processes. */
import type { Command } from 'commander';
import { Option } from 'commander';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';

interface DemoOptions {
  readonly workflow: string;
  readonly companyTemplate: string;
  readonly title?: string;
  readonly signAs?: 'owner';
}

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('run a whole workflow offline in a temporary folder, with real worker processes')
    .option('--workflow <name>', 'which workflow', 'launch')
    .option('--company-template <name>', 'which company does it', 'scaleup')
    .option('--title <title>', 'what the epic is about')
    .addOption(
      new Option(
        '--sign-as <member>',
        'sign in the name of this human instead of asking at the terminal',
      ).choices(['owner']),
    )
    .action(async ({ workflow, companyTemplate, title, signAs }: DemoOptions, command: Command) => {
      const { json } = globalOptions(command);
      const { runDemo } = await import('../demo/run-demo.ts');
      const { demoReportText } = await import('../demo/demo-report.ts');
      const output = openOutput(json);
      const { report, namedFolder } = await runDemo({
        workflow,
        template: companyTemplate,
        title: title ?? `A first ${workflow} epic`,
        signsItself: signAs === 'owner',
      });
      output.answer(report, () => `\n${demoReportText(report, namedFolder, output)}`);
    });
}
