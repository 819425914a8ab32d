/** What commands about one gate share: find it, have it changed, then show it as it is now. */
import type { Command } from 'commander';
import type { Coordination } from '../../contract/rpc.ts';
import type { CommandInput } from '../../core/command.ts';
import type { GateId } from '../../core/ids.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';

export async function runOnGate(
  command: Command,
  key: string,
  wishFor: (gateId: GateId, coordination: Coordination) => CommandInput | Promise<CommandInput>,
): Promise<void> {
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
    await coordination.command(await wishFor(gate.id, coordination));
    const view = await coordination.query('gate', { gateId: gate.id });
    const names = await readNames(coordination);
    output.answer({ gate: gateDocument(view, names) }, () =>
      gateTextWithHint(view, gateReader(session, names), output.style),
    );
  });
}
