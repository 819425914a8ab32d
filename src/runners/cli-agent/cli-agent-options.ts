/** What can be said about a `cli-agent` runner. */
import { z } from 'zod';
import { durationTextSchema } from '../../core/org/duration-text.ts';
import { agentNames } from './known-agents.ts';

/** What the Agent Client Protocol calls the kinds of what an agent wants to do. */
export const toolKinds = [
  'read',
  'edit',
  'delete',
  'move',
  'search',
  'execute',
  'think',
  'fetch',
  'switch_mode',
  'other',
] as const;

export const cliAgentOptionsSchema = z
  .strictObject({
    agent: z.enum(agentNames),
    /** The program and its arguments, in the place of those of the agent; needed for `acp`. */
    command: z.tuple([z.string().min(1)], z.string()).optional(),
    /** Left out: by the protocol where that can be, unless another program or a model is named; else as the agent usually is. */
    mode: z.enum(['acp', 'headless']).optional(),
    model: z.string().min(1).max(200).nullable().default(null),
    timeout: durationTextSchema.prefault('1h'),
    /** Kinds that need nobody's permission: the change is judged by its gates. Everything else is asked for. */
    allow: z.array(z.enum(toolKinds)).default(['read', 'edit', 'delete', 'move', 'search', 'think']),
    /** Whose sign-off gives a permission, and how many of them. */
    ask: z.record(z.string(), z.number().int().min(1)).default({ ceo: 1 }),
    /** Further variables of its environment. No secrets: the options of a member stand in the log. */
    env: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string()).default({}),
    /** Reserved in the budgets before it starts, in tokens; what it reports is booked in the end. */
    expected_tokens: z.number().int().nonnegative().default(100_000),
    /** The same in US dollars. */
    expected_cost: z.number().nonnegative().max(100_000).default(0),
  })
  .refine(({ agent, command }) => agent !== 'acp' || command !== undefined, {
    path: ['command'],
    message: 'name the program that speaks the Agent Client Protocol, with its arguments',
  });

export type CliAgentOptions = z.output<typeof cliAgentOptionsSchema>;
