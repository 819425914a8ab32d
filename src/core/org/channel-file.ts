/** A channel as a company file has it: what carries it, its settings and what goes there. Secrets never stand in a file. */
import { z } from 'zod';
import type { ChannelRules } from '../channel/channel-rules.ts';
import { channelRulesSchema } from '../channel/channel-rules.ts';

/** The one channel that every company has; a file may name it, and says nothing by that. */
export const dashboardChannel = 'dashboard';

export const channelNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,38}$/, 'lower case letters, digits and -, a letter first')
  .refine((name) => name !== dashboardChannel, 'the dashboard is there always: take another name');

const { routes, quiet } = channelRulesSchema.shape;

const writtenOut = z.strictObject({
  name: channelNameSchema.describe('its name: lower case letters, digits and -'),
  plugin: z.string().min(1).max(40).optional().describe('what carries it; left out: the plugin of that name'),
  enabled: z.boolean().default(true).describe('whether it is sent to'),
  settings: z
    .record(
      z.string().max(40),
      z.union([z.string().max(20_000), z.number(), z.boolean(), z.array(z.string().max(4_000))]),
    )
    .default({})
    .describe(
      'as its plugin has them, but no secrets: those are given with `agentcoord channels set --secret`',
    ),
  routes: routes.describe('what goes there, each from which priority on; what is not named does not'),
  quiet: quiet.describe('nothing but URGENT is sent then'),
  digest: z
    .strictObject({
      up_to: z.enum(['LOW', 'NORMAL', 'HIGH']),
      every_minutes: z.number().int().min(1).max(1_440),
    })
    .nullable()
    .default(null)
    .describe('gathers what is not more urgent, and sends it as one'),
});

/** A name alone: a channel as it is without further words, carried by the plugin of that name. */
export const channelFileSchema = z.union([z.literal(dashboardChannel), channelNameSchema, writtenOut]);
export type ChannelFile = z.output<typeof channelFileSchema>;
/** With all that it leaves out; null for the dashboard, which nobody sets up. */
export type WrittenChannel = z.output<typeof writtenOut>;

export function writtenChannel(entry: ChannelFile): WrittenChannel | null {
  if (entry === dashboardChannel) return null;
  return typeof entry === 'string' ? writtenOut.parse({ name: entry }) : entry;
}

export function channelRulesOf({ routes: to, quiet: hours, digest }: WrittenChannel): ChannelRules {
  const gathered = digest && { upTo: digest.up_to, everyMinutes: digest.every_minutes };
  return { routes: to, quiet: hours, digest: gathered };
}
