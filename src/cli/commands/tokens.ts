/** `agentcoord tokens`: by which programs reach the host over HTTP, each for one member. */
import type { Command } from 'commander';
import { Option } from 'commander';
import { tokenAccesses } from '../../contract/access-tokens.ts';
import type { CreateOptions } from '../tokens/create-token.ts';
import { duration } from './shared-options.ts';

export function addTokensCommand(program: Command): void {
  const tokens = program
    .command('tokens')
    .description('make out tokens by which programs call the HTTP API for a member, and withdraw them');
  tokens
    .command('list', { isDefault: true })
    .description('list them: for whom they are, what they may do, until when')
    .action(async (_options: object, command: Command) => {
      const { listTokens } = await import('../tokens/list-tokens.ts');
      await listTokens(command);
    });
  tokens
    .command('create')
    .description('make one out; it is shown this once')
    .requiredOption('--member <member>', 'whom it stands for, by name or id')
    .requiredOption('--name <name>', 'what you know it by, such as the program that gets it')
    .addOption(
      new Option('--access <access>', 'read: it may look; act: it may do what the member may')
        .choices(tokenAccesses)
        .makeOptionMandatory(),
    )
    .option('--expires <duration>', 'when it runs out: 12h, 30d, or never (default: 90d)', life)
    .action(async (options: CreateOptions, command: Command) => {
      const { createToken } = await import('../tokens/create-token.ts');
      await createToken(options, command);
    });
  tokens
    .command('revoke')
    .description('withdraw one: whoever holds it is refused from now on')
    .argument('<token>', 'its name or id')
    .action(async (token: string, _options: object, command: Command) => {
      const { revokeToken } = await import('../tokens/revoke-token.ts');
      await revokeToken(token, command);
    });
}

/** Null: never. */
const life = (text: string) => (text === 'never' ? null : duration(text));
