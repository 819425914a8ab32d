/** Reads from the command line what goes to a channel, and when. A refusal names what was written and what may stand there. */
import type { ChannelRules } from '../../core/channel/channel-rules.ts';
import { channelRulesSchema, isTimeOfDay, isZone } from '../../core/channel/channel-rules.ts';
import type { NoticeCategory } from '../../core/channel/notice.ts';
import { noticeCategories } from '../../core/channel/notice.ts';
import { CoordError } from '../../core/error.ts';
import { suggestion } from '../../core/nearest-name.ts';
import { prioritySchema } from '../../core/task/task-commands.ts';

export interface RuleOptions {
  readonly route: readonly string[];
  readonly quiet?: string;
  readonly digest?: string;
}

const priorities = prioritySchema.options;
const digestible = ['LOW', 'NORMAL', 'HIGH'] as const;

/**
 * @param before as they were; what is not said stays
 * @returns null: nothing was said
 * @throws CoordError `BAD_INPUT`
 */
export function readRules(
  { route, quiet, digest }: RuleOptions,
  before: ChannelRules | undefined,
): ChannelRules | null {
  if (route.length === 0 && quiet === undefined && digest === undefined) return null;
  const now = before ?? channelRulesSchema.parse({});
  return {
    routes: routesIn(route, now.routes),
    quiet: quiet === undefined ? now.quiet : quietIn(quiet),
    digest: digest === undefined ? now.digest : digestIn(digest),
  };
}

function routesIn(route: readonly string[], before: ChannelRules['routes']): ChannelRules['routes'] {
  const routes = { ...before };
  for (const said of route) {
    const refuse = (why: string) => refused('--route', said, why);
    const [, named = '', from = ''] = /^([^=]+)=([^=]+)$/.exec(said.trim()) ?? [];
    const category = noticeCategories.find((known) => known === named.trim().toLowerCase());
    const priority = priorities.find((known) => known === from.trim().toUpperCase());
    if (named === '')
      throw refuse(
        `write category=priority, such as task=HIGH, or task=off. Categories: ${noticeCategories.join(', ')}. Priorities: ${priorities.join(', ')}`,
      );
    if (!category) throw refuse(`there is no category “${named}”: ${suggestion(named, noticeCategories)}`);
    if (from.trim().toLowerCase() === 'off') delete routes[category as NoticeCategory];
    else if (priority) routes[category] = priority;
    else throw refuse(`“${from}” is no priority: write ${priorities.join(', ')} or off`);
  }
  return routes;
}

function quietIn(said: string): ChannelRules['quiet'] {
  if (said === 'off') return null;
  const refuse = (why: string) => refused('--quiet', said, why);
  const [, from, to, named] = /^([^-@]+)-([^-@]+)(?:@(.+))?$/.exec(said.trim()) ?? [];
  if (from === undefined || to === undefined) {
    const dash = /[\u2010-\u2015\u2212]/.test(said)
      ? ' The two times have a plain hyphen (-) between them.'
      : '';
    throw refuse(`write from-to@zone, such as 22:00-07:00@Europe/Berlin, or off.${dash}`);
  }
  const wrong = [from, to].find((time) => !isTimeOfDay(time));
  if (wrong !== undefined) throw refuse(`“${wrong}” is no time of day: write 00:00 to 23:59`);
  if (from === to) throw refuse('it begins and ends at the same time: name two times');
  const zone = named ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!isZone(zone))
    throw refuse(`“${zone}” is no time zone: write it as IANA names it, such as Europe/Berlin or UTC`);
  return { from, to, zone };
}

function digestIn(said: string): ChannelRules['digest'] {
  if (said === 'off') return null;
  const refuse = (why: string) => refused('--digest', said, why);
  const [, minutes, named = 'LOW'] = /^(\d+)(?::(.+))?$/.exec(said.trim()) ?? [];
  if (minutes === undefined) throw refuse('write minutes:priority, such as 60:LOW, or off');
  const everyMinutes = Number(minutes);
  if (everyMinutes < 1 || everyMinutes > 1_440) throw refuse('gather over 1 to 1440 minutes');
  const upTo = digestible.find((known) => known === named.toUpperCase());
  if (!upTo) throw refuse(`“${named}” is not gathered up to: write ${digestible.join(', ')}`);
  return { everyMinutes, upTo };
}

const refused = (option: string, said: string, why: string): CoordError =>
  new CoordError('BAD_INPUT', `${option} ${said} was refused: ${why}`, { field: option });
