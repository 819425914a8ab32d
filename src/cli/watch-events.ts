/** Follows the company over every loss of its host, and prints each event once and in order. */
import { once } from 'node:events';
import type { Command } from 'commander';
import { connect } from '../client/index.ts';
import type { StoredEvent } from '../core/event.ts';
import { stopSignal } from '../serve/stop-signal.ts';
import { globalOptions } from './global-options.ts';
import { openOutput } from './output/output.ts';
import { plainLine } from './output/plain-text.ts';
import { isoTime } from './output/time-text.ts';

export interface WatchOptions {
  readonly type: readonly string[];
  readonly object?: string;
  readonly after?: number;
}

/** @throws CoordError `NOT_CONNECTED` - no host runs; `BAD_INPUT` - there are no events of such a type */
export async function watchEvents({ type, object, after }: WatchOptions, command: Command): Promise<void> {
  const { dataDir, company, json } = globalOptions(command);
  const output = openOutput(json);
  const stop = stopSignal();
  await using session = await connect({
    client: 'cli',
    ...(dataDir !== null && { dataDir }),
    ...(company !== null && { company }),
  });
  session.onLineLost(({ message }) => output.note(`${plainLine(message)}; it goes on from the last event`));
  const filter = {
    ...(type.length > 0 && { types: type }),
    ...(object !== undefined && { object }),
    ...(after !== undefined && { after }),
  };
  const subscription = session.onEvent(filter, print);
  await Promise.race([subscription.ended, stop.aborted ? undefined : once(stop, 'abort')]);
}

/** The next one waits until whoever reads has taken it. */
async function print({ seq, at, actor, event }: StoredEvent): Promise<void> {
  const line = JSON.stringify({ seq, at: isoTime(at), actor, type: event.type, event });
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
}
