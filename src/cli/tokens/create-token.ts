/** Makes an access token out and shows it, once. */
import type { Command } from 'commander';
import type { TokenAccess } from '../../contract/access-tokens.ts';
import type { DurationMs } from '../../core/units.ts';
import { withCompany } from '../company-session.ts';
import { tokenDocument } from '../documents/token-document.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { isoTime } from '../output/time-text.ts';

export interface CreateOptions {
  readonly member: string;
  readonly name: string;
  readonly access: TokenAccess;
  /** Null: never. */
  readonly expires?: DurationMs | null;
}

export async function createToken(
  { member, name, access, expires }: CreateOptions,
  command: Command,
): Promise<void> {
  const options = globalOptions(command);
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination, host }) => {
    const lifetime = expires === undefined ? {} : { lifetime: expires };
    const { token, ...view } = await coordination.createToken({ member, name, access, ...lifetime });
    output.answer({ token, ...tokenDocument(view) }, () => `${token}\n`);
    const may = access === 'read' ? 'It may look, as' : 'It may do what may be done by';
    const until = view.expiresAt === null ? 'until it is withdrawn' : `until ${isoTime(view.expiresAt)}`;
    output.note(
      `${may} ${view.member}, ${until}. It is shown this once: keep it where only ${name} reads it.`,
    );
    if (host?.url) output.note(`curl -H "Authorization: Bearer $TOKEN" ${host.url}/api/v1/companies`);
  });
}
