/** Tests and removes channels, and links people there. */
import type { Command } from 'commander';
import { withCompany } from '../company-session.ts';
import { findMember } from '../find-task.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { isoTime } from '../output/time-text.ts';

export async function actOnChannel(
  name: string,
  call: 'testChannel' | 'removeChannel',
  command: Command,
): Promise<void> {
  const options = globalOptions(command);
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    await coordination[call]({ name });
    const said =
      call === 'testChannel' ? `A message was sent to ${name}.` : `The channel ${name} is removed.`;
    output.answer({ channel: name }, () => said);
  });
}

/** @param member whom the code is for; null: oneself */
export async function linkChannel(name: string, member: string | null, command: Command): Promise<void> {
  const options = globalOptions(command);
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    const invited = member === null ? null : await findMember(coordination, member);
    const asked = invited === null ? { name } : { name, memberId: invited.id };
    const { code, channel, expiresAt } = await coordination.linkChannel(asked);
    const whom = invited?.name ?? 'you';
    output.answer({ code, channel, expiresAt: isoTime(expiresAt) }, () =>
      [
        code,
        `Send “link ${code}” in ${channel} within a quarter of an hour.`,
        `Whoever sends it is taken for ${whom} from then on.`,
      ].join('\n'),
    );
  });
}

export async function unlinkChannel(name: string, person: string, command: Command): Promise<void> {
  const options = globalOptions(command);
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    await coordination.unlinkChannel({ name, person });
    output.answer({ channel: name, person }, () => `${person} is nobody in ${name} any more.`);
  });
}
