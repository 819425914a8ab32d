/** `agentcoord pause`, `resume` and `stop-all`: let the company or one agent rest, and go on. */
import type { Command } from 'commander';
import type { Coordination } from '../../contract/rpc.ts';
import type { CommandInput } from '../../core/command.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';

export function addPauseCommand(program: Command): void {
  program
    .command('pause')
    .description('let nobody claim a task, or one agent; what runs goes on')
    .argument('[member]', 'an agent, by id or name; without one, the whole company')
    .requiredOption('--reason <text>', 'why; whoever waits reads it')
    .action((member: string | undefined, { reason }: { reason: string }, command: Command) =>
      rest(command, member, (memberId) =>
        memberId ? { type: 'member.pause', memberId, reason } : { type: 'company.pause', reason },
      ),
    );
}

export function addResumeCommand(program: Command): void {
  program
    .command('resume')
    .description('let a paused or stopped company go on, or a paused agent')
    .argument('[member]', 'an agent, by id or name; without one, the whole company')
    .action((member: string | undefined, _options, command: Command) =>
      rest(command, member, (memberId) =>
        memberId ? { type: 'member.resume', memberId } : { type: 'company.resume' },
      ),
    );
}

export function addStopAllCommand(program: Command): void {
  program
    .command('stop-all')
    .description('stop everything: take back every task and end every worker; gates stay as they are')
    .requiredOption('--reason <text>', 'why; it is kept with each attempt')
    .action(({ reason }: { reason: string }, command: Command) =>
      rest(command, undefined, () => ({ type: 'company.stop', reason })),
    );
}

async function rest(
  command: Command,
  key: string | undefined,
  asked: (memberId: string | null) => CommandInput,
): Promise<void> {
  const options = globalOptions(command);
  const { withCompany } = await import('../company-session.ts');
  const { findMember } = await import('../find-task.ts');
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    const member = key === undefined ? null : await findMember(coordination, key);
    const { events } = await coordination.command(asked(member?.id ?? null));
    const released = events.filter(({ event }) => event.type === 'task.released').length;
    const answer = {
      ...(await pauseOf(coordination, member?.id ?? null)),
      changed: events.length > 0,
      released,
    };
    output.answer(answer, () => restText(member?.name ?? 'The company', answer));
  });
}

interface RestAnswer {
  readonly state: 'working' | 'paused' | 'stopped';
  readonly reason: string | null;
  /** False: it was so before, with the reason that was given then. */
  readonly changed: boolean;
  /** Tasks that were taken back. */
  readonly released: number;
}

function restText(who: string, { state, reason, changed, released }: RestAnswer): string {
  const name = plainLine(who);
  const as = changed ? state : `${state} already`;
  const tasks = released === 1 ? '1 task was' : `${released} tasks were`;
  const taken = released > 0 ? ` ${tasks} taken back.` : '';
  const unchanged = changed ? '' : ' Nothing was changed.';
  if (state === 'working') return changed ? `${name} works.` : `${name} works already.${unchanged}`;
  return `${name} is ${as}: ${plainLine(reason ?? '')}.${taken}${unchanged}`;
}

/** How it is afterwards, whoever brought it about. */
async function pauseOf(coordination: Coordination, memberId: string | null) {
  const { company, members } = await coordination.query('status', {});
  if (memberId === null) {
    return { state: company.pause?.kind ?? ('working' as const), reason: company.pause?.reason ?? null };
  }
  const pause = members.find(({ member }) => member.id === memberId)?.member.pause;
  return { state: pause ? ('paused' as const) : ('working' as const), reason: pause?.reason ?? null };
}
