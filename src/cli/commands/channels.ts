/** `agentcoord channels`: where messages go beside the board, how each channel is, and who is who there. */
import type { Command } from 'commander';
import { Option } from 'commander';
import type { SetOptions } from '../channels/set-channel.ts';

const nameArgument = 'the name of the channel';

export function addChannelsCommand(program: Command): void {
  const channels = program
    .command('channels')
    .description('say where messages go beside the board, and see how each channel is');
  channels
    .command('list', { isDefault: true })
    .description('list the channels with their state and how many messages wait')
    .action(async (_options: object, command: Command) => {
      const { listChannels } = await import('../channels/list-channels.ts');
      await listChannels(command);
    });
  channels
    .command('show')
    .description('print how one is set up, who is linked there, and the last words of its plugin')
    .argument('<name>', nameArgument)
    .action(async (name: string, _options: object, command: Command) => {
      const { showChannel } = await import('../channels/list-channels.ts');
      await showChannel(name, command);
    });
  channels
    .command('set')
    .description('make a channel, or change one; what is left out stays as it is')
    .argument('<name>', 'its name: lower case letters, digits and -')
    .option('--plugin <id>', 'what carries it, of a new one: terminal, file, slack, discord, or yours')
    .option('--set <setting=value>', 'one of its settings, but no secret; again for each', collect, [])
    .option('--unset <setting>', 'take a setting away; again for each', collect, [])
    .option(
      '--secret <setting>',
      'asked for without showing it, or read from stdin, and put into your keychain; again for each',
      collect,
      [],
    )
    .option(
      '--route <category=priority>',
      'what goes there, from which priority on, or =off; again for each',
      collect,
      [],
    )
    .option(
      '--quiet <from-to@zone>',
      'nothing but URGENT then: 22:00-07:00@Europe/Berlin (your own zone without one), or off',
    )
    .option('--digest <minutes:priority>', 'gather up to that priority, every so often: 60:LOW, or off')
    .option('--consent', 'you agree to what its plugin asks for')
    .addOption(new Option('--enable', 'send to it').conflicts('disable'))
    .option('--disable', 'let its messages wait')
    .action(async (name: string, options: SetOptions, command: Command) => {
      const { setChannel } = await import('../channels/set-channel.ts');
      await setChannel(name, options, command);
    });
  addNamed(channels, 'test', 'send a message there now, to see that it works', 'testChannel');
  addNamed(channels, 'remove', 'remove a channel, with all that waits for it', 'removeChannel');
  channels
    .command('link')
    .description('get a code; sent in the channel, it says that the account there is yours')
    .argument('<name>', nameArgument)
    .option(
      '--member <member>',
      'a human of the company, by name or id, whom you give the code; only the owner may',
    )
    .action(async (name: string, { member }: { member?: string }, command: Command) => {
      const { linkChannel } = await import('../channels/act-on-channel.ts');
      await linkChannel(name, member ?? null, command);
    });
  channels
    .command('unlink')
    .description('take the link of an account away')
    .argument('<name>', nameArgument)
    .argument('<person>', 'as `channels show` names the account')
    .action(async (name: string, person: string, _options: object, command: Command) => {
      const { unlinkChannel } = await import('../channels/act-on-channel.ts');
      await unlinkChannel(name, person, command);
    });
}

function addNamed(
  channels: Command,
  name: string,
  description: string,
  call: 'testChannel' | 'removeChannel',
): void {
  channels
    .command(name)
    .description(description)
    .argument('<name>', nameArgument)
    .action(async (channel: string, _options: object, command: Command) => {
      const { actOnChannel } = await import('../channels/act-on-channel.ts');
      await actOnChannel(channel, call, command);
    });
}

const collect = (value: string, before: readonly string[]): string[] => [...before, value];
