/** Withdraws an access token. */
import type { Command } from 'commander';
import { withCompany } from '../company-session.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';

export async function revokeToken(token: string, command: Command): Promise<void> {
  const options = globalOptions(command);
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    await coordination.revokeToken({ id: token });
    output.answer({ revoked: token }, () => `The token ${token} opens nothing any more.`);
  });
}
