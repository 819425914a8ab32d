/** What the host tells a worker at its start. */
import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { WorkerHandover } from '../contract/model-access.ts';
import { nothingToHandOver, workerHandoverSchema } from '../contract/model-access.ts';
import { CoordError } from '../core/error.ts';
import { companyIdSchema, workerIdSchema } from '../core/ids.ts';
import { durationMsSchema } from '../core/units.ts';

const runnerSchema = z.object({ name: z.string(), options: z.record(z.string(), z.unknown()) });

const settingsSchema = z.object({
  /** Of a host on this machine. */
  socket: z.string().min(1).optional(),
  /** Of a host on another one, `wss://…`. */
  hostUrl: z.string().min(1).optional(),
  /** It has not the disk of its host: the files of a task are fetched and sent back. */
  isApart: z.literal('1').optional(),
  company: companyIdSchema,
  worker: workerIdSchema,
  runner: z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue('not JSON');
        return z.NEVER;
      }
    })
    .pipe(runnerSchema),
  /** How long it may go on with its tasks after SIGTERM; then the host kills it. */
  graceMs: z.coerce.number().pipe(durationMsSchema).prefault('10000'),
});

export type WorkerSettings = z.output<typeof settingsSchema> & {
  readonly token: string;
  /** Null: it comes over the line. */
  readonly handover: WorkerHandover | null;
};

/**
 * Whose disk it is on: `host`, so that a folder of the host is one of its own; `apart`, where the host may have mounted the
 * workspace, and nothing else; `away`, another machine's.
 */
export type WorkerDisk = 'host' | 'apart' | 'away';

export function diskOf({ hostUrl, isApart }: Pick<WorkerSettings, 'hostUrl' | 'isApart'>): WorkerDisk {
  if (hostUrl !== undefined) return 'away';
  return isApart ? 'apart' : 'host';
}

const variables = {
  socket: 'AGENTCOORD_SOCKET',
  hostUrl: 'AGENTCOORD_HOST_URL',
  isApart: 'AGENTCOORD_APART',
  company: 'AGENTCOORD_COMPANY',
  worker: 'AGENTCOORD_WORKER',
  runner: 'AGENTCOORD_RUNNER',
  graceMs: 'AGENTCOORD_GRACE_MS',
} as const;

const tokenVariable = 'AGENTCOORD_TOKEN';
const handoverVariable = 'AGENTCOORD_HANDOVER';
/** In characters. */
const longestHandover = 4_000_000;

/**
 * Reads the variables and removes them, so that nothing this process starts finds them. The token comes in
 * `AGENTCOORD_TOKEN` or, where a neighbour could read that, as the first line of the standard input; behind it, or in
 * `AGENTCOORD_HANDOVER`, comes what the runner needs, keys of models perhaps.
 * @throws CoordError `BAD_INPUT` naming what is missing
 */
export async function takeSettings(environment: NodeJS.ProcessEnv, input: Readable): Promise<WorkerSettings> {
  const given = Object.fromEntries(
    Object.entries(variables).map(([name, variable]) => [name, take(environment, variable)]),
  );
  const inText = [take(environment, tokenVariable), take(environment, handoverVariable)];
  const [token = '', handover = ''] = inText[0] === undefined ? await linesOf(input, 2) : inText;
  const settings = settingsSchema.safeParse(given);
  const reaches = settings.data?.socket ?? settings.data?.hostUrl;
  if (settings.success && token !== '' && reaches !== undefined) {
    const comesLater = settings.data.hostUrl !== undefined && handover === '';
    return { ...settings.data, token, handover: comesLater ? null : parseHandover(handover) };
  }
  const missing: string[] =
    settings.error?.issues.map(({ path }) => variables[path[0] as keyof typeof variables]) ?? [];
  if (settings.success && reaches === undefined) missing.push(variables.socket);
  const names = [...new Set([...missing, ...(token === '' ? [tokenVariable] : [])])];
  throw new CoordError(
    'BAD_INPUT',
    `A worker is started by its host, which sets ${names.join(', ')}; start one with "agentcoord serve"`,
  );
}

function take(environment: NodeJS.ProcessEnv, variable: string): string | undefined {
  const value = environment[variable];
  delete environment[variable];
  return value;
}

/** An older host hands over nothing. @throws CoordError `BAD_INPUT` - without a word of what is in it */
export function parseHandover(text: string): WorkerHandover {
  if (text === '') return nothingToHandOver;
  try {
    return workerHandoverSchema.parse(JSON.parse(text));
  } catch {
    throw new CoordError('BAD_INPUT', 'What the host handed over could not be read: use the same AgentCoord');
  }
}

/** The first lines, trimmed; fewer when it ends before. */
async function linesOf(input: Readable, count: number): Promise<string[]> {
  let text = '';
  for await (const chunk of input) {
    text += String(chunk);
    if (text.split('\n').length > count || text.length > longestHandover) break;
  }
  return text
    .split('\n')
    .slice(0, count)
    .map((line) => line.trim());
}
