/** Prints the channels of a company, and one of them in full. */
import type { Command } from 'commander';
import { CoordError } from '../../core/error.ts';
import type { EpochMs } from '../../core/units.ts';
import { calledAs } from '../called-as.ts';
import { withCompany } from '../company-session.ts';
import type { ChannelDocument } from '../documents/channel-document.ts';
import { channelDocument } from '../documents/channel-document.ts';
import { readNames } from '../documents/names.ts';
import { globalOptions } from '../global-options.ts';
import type { Output } from '../output/output.ts';
import { openOutput } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';
import type { Meaning } from '../output/style.ts';
import { relativeTime } from '../output/time-text.ts';

export async function listChannels(command: Command): Promise<void> {
  await withChannels(command, (channels, output) => {
    output.answer({ channels }, () => channelTable(channels, output));
  });
}

export async function showChannel(name: string, command: Command): Promise<void> {
  await withChannels(command, (channels, output) => {
    const channel = channels.find((one) => one.name === name);
    if (!channel) {
      const known = channels.map((one) => one.name).join(', ');
      throw new CoordError('NOT_FOUND', `There is no channel ${name}. There are: ${known}`, { name });
    }
    output.answer({ channel }, () => channelText(channel, output));
  });
}

async function withChannels(
  command: Command,
  use: (channels: readonly ChannelDocument[], output: Output) => void,
): Promise<void> {
  const options = globalOptions(command);
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    const [views, names] = await Promise.all([coordination.channels(), readNames(coordination)]);
    use(
      views.map((view) => channelDocument(view, names)),
      output,
    );
  });
}

export function channelTable(channels: readonly ChannelDocument[], output: Output): string {
  return output.table(
    [
      { title: 'CHANNEL', cell: ({ name }) => name },
      { title: 'BY', cell: ({ plugin }) => ({ text: plugin ?? '—', meaning: 'over' }) },
      { title: 'STATE', cell: ({ state }) => ({ text: state, meaning: meanings[state] }) },
      { title: 'WAITING', cell: ({ outbox }) => String(outbox), align: 'right' },
      { title: 'LAST SENT', cell: ({ lastSentAt }) => (lastSentAt === null ? '' : ago(lastSentAt)) },
      { title: 'WHY', cell: whyOf, shrinks: true },
    ],
    channels,
  );
}

/** Why it is as it is, and what of its messages the service would not have. */
function whyOf({ reason, setAside }: ChannelDocument): string {
  return [reason, setAside > 0 ? `${setAside} set aside` : ''].filter((part) => part !== '').join('; ');
}

function channelText(channel: ChannelDocument, output: Output): string {
  const { settings, secrets, rules, capabilities, linked, log, asksFor, setAside } = channel;
  // Where nobody is reached alone, nothing goes that is meant for one.
  const reaches = (category: string) => category !== 'direct' || capabilities.includes('dm');
  const routes = Object.entries(rules.routes)
    .filter(([category]) => reaches(category))
    .map(([category, from]) => `${category} from ${from}`);
  const { quiet, digest } = rules;
  const lines = [
    ...Object.entries(settings).map(([name, value]) => `${name}: ${plainLine(String(value))}`),
    ...secrets.map((name) => `${name}: in the keychain`),
    `Goes there: ${routes.join(', ') || 'nothing'}`,
    ...(quiet ? [`Quiet: ${quiet.from} to ${quiet.to}, ${quiet.zone}`] : []),
    ...(digest ? [`Gathered: up to ${digest.upTo}, every ${digest.everyMinutes} min`] : []),
    ...(setAside > 0 ? [`Set aside, for the service would not have them: ${setAside}`] : []),
    ...(asksFor
      ? [
          `Asks for: hosts ${asksFor.hosts.join(', ') || 'none'}; ${asksFor.capabilities.join(', ')}`,
          `Agree with: ${calledAs()} channels set ${channel.name} --consent`,
        ]
      : []),
    ...linked.map(
      ({ name, person, member }) =>
        `${plainLine(name || person)} (${plainLine(person)}) is ${plainLine(member)}`,
    ),
    ...log.slice(-20).map((line) => `  ${plainLine(line)}`),
  ];
  return [channelTable([channel], output).trimEnd(), '', ...lines].join('\n');
}

const ago = (at: string): string => relativeTime(Date.parse(at) as EpochMs, Date.now() as EpochMs);

const meanings: Readonly<Record<ChannelDocument['state'], Meaning>> = {
  installed: 'waiting',
  configured: 'plain',
  starting: 'plain',
  ready: 'alive',
  degraded: 'waiting',
  failed: 'failed',
  disabled: 'over',
};
