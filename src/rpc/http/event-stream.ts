/** Streams the events of a company as server-sent events: each with its number, so that a client that comes back misses none. */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Coordination } from '../../contract/rpc.ts';
import { CoordError } from '../../core/error.ts';
import type { StoredEvent } from '../../core/event.ts';
import type { Seq } from '../../core/ids.ts';
import { seqSchema } from '../../core/ids.ts';
import type { Problem } from './problem.ts';

/** So that nothing in between takes the line for dead, in ms. */
const keepAliveEvery = 15_000;
/** How long a client that lost the line should wait, in ms. */
const retryAfter = 2_000;

export interface StreamParts {
  readonly session: Coordination;
  readonly ended: AbortSignal;
  readonly problem: (error: unknown) => Problem;
}

/** @throws CoordError `BAD_INPUT` - no number to go on from; what `session` refuses before the stream has begun */
export async function streamEvents(
  request: IncomingMessage,
  response: ServerResponse,
  { session, ended, problem }: StreamParts,
): Promise<void> {
  const after = firstAfter(request) ?? (await session.query('status', {})).seq;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  const keepAlive = setInterval(() => response.write(': still here\n\n'), keepAliveEvery);
  try {
    await send(response, `retry: ${retryAfter}\n\n`, gone.signal);
    for await (const batch of session.follow(after, AbortSignal.any([gone.signal, ended])))
      await send(response, batch.map(textOf).join(''), gone.signal);
  } catch (error) {
    // It has begun, so its status stands: the reason comes as the last message.
    if (!gone.signal.aborted) response.write(`event: problem\ndata: ${JSON.stringify(problem(error))}\n\n`);
  } finally {
    clearInterval(keepAlive);
    response.end();
  }
}

function textOf(stored: StoredEvent): string {
  return `id: ${stored.seq}\nevent: ${stored.event.type}\ndata: ${JSON.stringify(stored)}\n\n`;
}

/** Waits while the client does not read: nobody collects events for it here. */
async function send(response: ServerResponse, text: string, gone: AbortSignal): Promise<void> {
  if (response.write(text) || gone.aborted) return;
  await once(response, 'drain', { signal: gone }).catch(() => undefined);
}

/** Null: from now on. */
function firstAfter({ headers, url }: IncomingMessage): Seq | null {
  const last = headers['last-event-id'];
  const asked = new URL(url ?? '/', 'http://host').searchParams.get('after');
  const text = (Array.isArray(last) ? last[0] : last) ?? asked;
  if (text === null || text === undefined || text === '') return null;
  const after = seqSchema.safeParse(/^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN);
  if (after.success) return after.data;
  throw new CoordError(
    'BAD_INPUT',
    `The stream was refused: “${text.slice(0, 40)}” is no number of an event; give the last that you have, or 0`,
  );
}
