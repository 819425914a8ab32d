/** The options that say which events are meant, and what they ask for. */
import type { Command } from 'commander';
import type { Moment } from '../../contract/moment.ts';
import type { QueryInput } from '../../contract/queries.ts';
import type { Coordination } from '../../contract/rpc.ts';
import type { MemberId } from '../../core/ids.ts';
import type { GlobalOptions } from '../global-options.ts';
import { globalOptions } from '../global-options.ts';
import { parseMoment } from '../moment.ts';
import { collect } from './shared-options.ts';

export interface AuditOptions {
  readonly since?: Moment;
  readonly until?: Moment;
  readonly actor?: string;
  readonly type: readonly string[];
  readonly object?: string;
  readonly text?: string;
}

const momentOption = (text: string): Moment => parseMoment(text);

export function addAuditOptions(command: Command): Command {
  return command
    .option('--since <seq or time>', 'from then on', momentOption)
    .option('--until <seq or time>', 'up to then', momentOption)
    .option(
      '--actor <name or id>',
      'what this member did (who has left: by the id); `host`: what the clock did',
    )
    .option('--type <type>', 'events of this type, or all that begin so: `gate`; several times', collect, [])
    .option('--object <id>', 'what happened to this task, gate, epic, member, …')
    .option('--text <words>', 'events in which these words stand');
}

/**
 * Takes `--at` for `--until`. The audit is asked of now, and looks back by itself.
 * @returns the options under which to ask, and what to ask for
 */
export function auditUntil<Wish extends AuditOptions>(
  wish: Wish,
  command: Command,
): { readonly options: GlobalOptions; readonly wish: Wish } {
  const options = globalOptions(command);
  const { at } = options;
  if (at === null) return { options, wish };
  if (wish.until !== undefined) command.error('error: --at and --until say the same: give one of them');
  return { options: { ...options, at: null }, wish: { ...wish, until: at } };
}

export async function auditFilter(
  coordination: Coordination,
  { since, until, actor, type, object, text }: AuditOptions,
): Promise<QueryInput<'audit'>> {
  return {
    since: since ?? null,
    until: until ?? null,
    actor: actor === undefined ? null : await actorOf(coordination, actor),
    types: [...type],
    object: object ?? null,
    text: text ?? null,
  };
}

const wholeId = /^member_[0-9a-z]{10}$/;

/** Whoever has left is known by the whole id only. @throws CoordError `NOT_FOUND`, `BAD_INPUT` when several members fit */
async function actorOf(coordination: Coordination, key: string): Promise<MemberId | 'host'> {
  if (key === 'host' || wholeId.test(key)) return key as MemberId | 'host';
  const { findMember } = await import('../find-task.ts');
  return (await findMember(coordination, key)).id;
}
