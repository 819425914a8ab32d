/** `agentcoord member list|add|change|remove|why`: who is in the company, and why somebody may do something. */
import type { Command } from 'commander';
import { Option } from 'commander';
import { launcherNames } from '../../core/worker/launcher-names.ts';
import { globalOptions } from '../global-options.ts';
import type { MemberWish } from '../members/change-members.ts';
import { collect, wholeNumber } from './shared-options.ts';

const whom = 'its name, its id or the beginning of it';

export function addMemberCommand(program: Command): void {
  const member = program.command('member').description('see and change who is in the company');
  member
    .command('list', { isDefault: true })
    .description('list the members, with what the agents among them do')
    .action(async (_options: object, command: Command) => {
      const { listMembers } = await import('../members/list-members.ts');
      await listMembers(globalOptions(command));
    });
  member
    .command('why')
    .description('say why a member may do something: the roles by which it has the capability')
    .argument('<member>', whom)
    .argument('<capability>', 'such as approve_merge')
    .action(async (key: string, capability: string, _options: object, command: Command) => {
      const { whyMay } = await import('../members/list-members.ts');
      await whyMay(key, capability, globalOptions(command));
    });
  withFields(member.command('add').description('add a member').argument('<name>', 'no other member has it'))
    .requiredOption('--role <role>', 'a built-in one, or one of the company')
    .addOption(kindOption().default('agent'))
    .action(async (name: string, wish: MemberWish & { role: string }, command: Command) => {
      const { addMember } = await import('../members/change-members.ts');
      await addMember(name, wish, globalOptions(command));
    });
  withFields(
    member.command('change').description('change what is named; the rest stays').argument('<member>', whom),
  )
    .option('--name <name>', 'what everybody calls it')
    .option('--role <role>', 'instead of its own')
    .addOption(kindOption())
    .action(async (key: string, wish: MemberWish, command: Command) => {
      if (Object.keys(wish).length === 0) command.error('error: say what changes, such as --role or --team');
      const { changeMember } = await import('../members/change-members.ts');
      await changeMember(key, wish, globalOptions(command));
    });
  member
    .command('remove')
    .description('take a member out of the company; its tasks go to others')
    .argument('<member>', whom)
    .action(async (key: string, _options: object, command: Command) => {
      const { removeMember } = await import('../members/change-members.ts');
      await removeMember(key, globalOptions(command));
    });
}

const kindOption = (): Option =>
  new Option('--kind <kind>', 'a program, or a person').choices(['agent', 'human']);

const withFields = (command: Command): Command =>
  command
    .option('--team <team>', 'where it belongs, by name or id; `none`: nowhere')
    .option('--also <role>', 'a further role, of a human; may be given several times', collect)
    .option('--tag <tag>', 'a word to find it by; may be given several times', collect)
    .option('--max-concurrent <number>', 'tasks at once', wholeNumber(1, 100))
    .option('--runner <name>', 'what does its tasks; `none`: as the host says')
    .addOption(
      new Option('--launcher <name>', 'what starts its workers; `none`: as the host says').choices([
        ...launcherNames,
        'none',
      ]),
    );
