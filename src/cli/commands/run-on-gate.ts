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
  const { showGate } = await import('../show-gates.ts');
  const output = openOutput(options.json);
  await withCompany(options, async (session) => {
    const { coordination } = session;
    const { gate } = await findGate(coordination, key);
    await coordination.command(await wishFor(gate.id, coordination));
    await showGate(session, output, await coordination.query('gate', { gateId: gate.id }));
  });
}
