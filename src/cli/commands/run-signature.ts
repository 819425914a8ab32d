/** What `approve` and `reject` share: sign, then show the gate as it is now. */
import type { Command } from 'commander';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import type { Signature } from '../sign-gate.ts';

export async function runSignature(command: Command, signature: Signature): Promise<void> {
  const options = globalOptions(command);
  const { withCompany } = await import('../company-session.ts');
  const { signGate } = await import('../sign-gate.ts');
  const { readNames } = await import('../documents/names.ts');
  const { gateDocument } = await import('../documents/gate-document.ts');
  const { gateReader } = await import('../gate-reader.ts');
  const { gateTextWithHint } = await import('../output/gate-text.ts');
  const output = openOutput(options.json);
  await withCompany(options, async (session) => {
    const view = await signGate(session.coordination, signature);
    const names = await readNames(session.coordination);
    const gate = gateDocument(view, names);
    output.answer({ gate }, () => gateTextWithHint(view, gateReader(session, names), output.style));
  });
}
