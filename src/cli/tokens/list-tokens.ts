/** Lists the access tokens of the company. */
import type { Command } from 'commander';
import type { TokenView } from '../../contract/access-tokens.ts';
import type { EpochMs } from '../../core/units.ts';
import { calledAs } from '../called-as.ts';
import { withCompany } from '../company-session.ts';
import { tokenDocument } from '../documents/token-document.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { relativeTime } from '../output/time-text.ts';

export async function listTokens(command: Command): Promise<void> {
  const options = globalOptions(command);
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination, sameCompany }) => {
    const tokens = await coordination.tokens();
    const now = Date.now() as EpochMs;
    output.answer({ tokens: tokens.map(tokenDocument) }, () =>
      tokens.length === 0
        ? `No program has a token. Make one out: ${calledAs()} tokens create --member NAME --name PROGRAM --access read${sameCompany}`
        : output.table(
            [
              { title: 'NAME', cell: ({ name }) => name, shrinks: true },
              { title: 'FOR', cell: ({ member }) => member, shrinks: true },
              { title: 'MAY', cell: ({ access }) => access },
              { title: 'MADE', cell: ({ createdAt }) => relativeTime(createdAt, now) },
              { title: 'ENDS', cell: (token) => ends(token, now) },
              { title: 'ID', cell: ({ id }) => ({ text: id, meaning: 'over' }) },
            ],
            tokens,
          ),
    );
  });
}

function ends({ expiresAt, expired }: TokenView, now: EpochMs) {
  if (expiresAt === null) return 'never';
  const when = relativeTime(expiresAt, now);
  return expired ? { text: `ran out ${when}`, meaning: 'failed' as const } : when;
}
