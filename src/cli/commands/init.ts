/** `agentcoord init`: a company from a built-in template, or from a file. */
import type { Command } from 'commander';
import { calledAs } from '../called-as.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';

interface InitOptions {
  readonly template: string;
  readonly name?: string;
}

export function addInitCommand(program: Command): void {
  program
    .command('init')
    .description('create a company')
    .requiredOption(
      '--template <name or file>',
      'startup, scaleup, janus_dev, custom, or a company file (YAML)',
    )
    .option('--name <name>', "instead of the template's")
    .action(async ({ template, name }: InitOptions, command: Command) => {
      const options = globalOptions(command);
      const { companyOptions, withHost } = await import('../company-session.ts');
      const { companySource } = await import('../files/company-source.ts');
      const { finishableWorkflows, nextSteps } = await import('../finishable-workflows.ts');
      const output = openOutput(options.json);
      const from = await companySource(template);
      // It is about none that there is.
      await withHost({ ...options, company: null }, async ({ coordination, dataDir, host }) => {
        const company = await coordination.createCompany({ from, name: name ?? null });
        const workflows = await finishableWorkflows(from);
        const isOne = (await coordination.companies()).length === 1;
        const place = { dataDir: options.dataDir, company: isOne ? null : plainLine(company.name) };
        const serve = host ? null : `${calledAs()} serve${companyOptions({ ...place, company: null })}`;
        output.answer({ company, dataDir, workflows }, () =>
          [
            `${plainLine(company.name)} (${company.id}) is created in ${dataDir}.`,
            ...nextSteps(workflows, companyOptions(place), serve),
          ].join('\n'),
        );
      });
    });
}
