/** `agentcoord arbitrate`: the ruling on a gate that was vetoed. */
import type { Command } from 'commander';
import { Option } from 'commander';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';

interface ArbitrateOptions {
  readonly ruling: 'resume' | 'rework';
  readonly note: string;
}

export function addArbitrateCommand(program: Command): void {
  program
    .command('arbitrate')
    .description('rule on a gate that was vetoed')
    .argument('<gate>', 'its id, the beginning of it, or its name')
    .addOption(
      new Option('--ruling <ruling>', 'resume: it waits for sign-offs again; rework: the work goes back')
        .choices(['resume', 'rework'])
        .makeOptionMandatory(),
    )
    .requiredOption('--note <text>', 'why; it goes on record')
    .action(arbitrate);
}

async function arbitrate(key: string, { ruling, note }: ArbitrateOptions, command: Command): Promise<void> {
  const options = globalOptions(command);
  const { withCompany } = await import('../company-session.ts');
  const { findGate } = await import('../find-gate.ts');
  const { readNames } = await import('../documents/names.ts');
  const { gateDocument } = await import('../documents/gate-document.ts');
  const { gateReader } = await import('../gate-reader.ts');
  const { gateTextWithHint } = await import('../output/gate-text.ts');
  const output = openOutput(options.json);
  await withCompany(options, async (session) => {
    const { coordination } = session;
    const { gate } = await findGate(coordination, key);
    await coordination.command({ type: 'gate.arbitrate', gateId: gate.id, ruling, note });
    const view = await coordination.query('gate', { gateId: gate.id });
    const names = await readNames(coordination);
    output.answer({ gate: gateDocument(view, names) }, () =>
      gateTextWithHint(view, gateReader(session, names), output.style),
    );
  });
}
