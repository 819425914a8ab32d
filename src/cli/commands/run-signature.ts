/** What `approve` and `reject` share: sign, then show the gate as it is now. */
import type { Command } from 'commander';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import type { Signature } from '../sign-gate.ts';

export async function runSignature(command: Command, signature: Signature): Promise<void> {
  const options = globalOptions(command);
  const { withCompany } = await import('../company-session.ts');
  const { signGate } = await import('../sign-gate.ts');
  const { showGate } = await import('../show-gates.ts');
  const output = openOutput(options.json);
  await withCompany(options, async (session) => {
    await showGate(session, output, await signGate(session.coordination, signature));
  });
}
