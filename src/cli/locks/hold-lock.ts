/** Takes a file lock and holds it for as long as this program runs. */
import type { Command } from 'commander';
import { acquireLock } from '../../client/acquire-lock.ts';
import type { HeldLock } from '../../client/held-lock.ts';
import { Holdings } from '../../client/holdings.ts';
import type { Coordination } from '../../contract/rpc.ts';
import { CoordError } from '../../core/error.ts';
import { scopeOfPath } from '../../core/lock/path-scope.ts';
import type { DurationMs } from '../../core/units.ts';
import type { StopSignal } from '../../serve/stop-signal.ts';
import { stopSignal } from '../../serve/stop-signal.ts';
import { withCompany } from '../company-session.ts';
import { lockDocument } from '../documents/lock-document.ts';
import { readNames } from '../documents/names.ts';
import { globalOptions } from '../global-options.ts';
import { Interrupted } from '../interrupted.ts';
import { openOutput } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';
import { durationText } from '../output/time-text.ts';

export interface AcquireOptions {
  readonly intent: string;
  readonly ttl?: DurationMs;
  readonly wait?: DurationMs;
  readonly literal: boolean;
}

/** @throws CoordError `LOCK_HELD`; `LOCK_LOST` - it was taken away; `NOT_CONNECTED` - no host runs, or it stopped */
export async function holdLock(
  wanted: string,
  { intent, ttl, wait, literal }: AcquireOptions,
  command: Command,
): Promise<void> {
  const options = globalOptions(command);
  const output = openOutput(options.json);
  const stop = stopSignal();
  await withCompany(options, async ({ coordination, host }) => {
    if (!host) throw noHost();
    const scope = literal ? scopeOfPath(wanted) : wanted;
    const wish = { scope, intent, signal: stop, ...(ttl && { ttl }) };
    const holdings = new Holdings<HeldLock>();
    const take = (patience: DurationMs | undefined): Promise<HeldLock> =>
      acquireLock(coordination, holdings, { ...wish, ...(patience && { wait: patience }) });
    const held = await take(undefined)
      .catch((error: unknown) => {
        if (!wait || !isHeld(error)) throw error;
        output.note(`${plainLine(error.message)}. Waiting for it, up to ${durationText(wait)}.`);
        return take(wait);
      })
      .catch((error: unknown) => {
        throw stop.aborted ? new Interrupted(notLocked(scope), stop.reason as StopSignal) : error;
      });
    const { lock } = held;
    const document = lockDocument(lock, await readNames(coordination));
    output.answer(
      { lock: document },
      () => `${lock.id}: ${plainLine(lock.scope)} is yours, with token ${lock.token}`,
    );
    output.note('Ctrl-C lets it go.');
    await lossOf(held, holdings, coordination, stop);
    await held.release();
  });
}

const isHeld = (error: unknown): error is CoordError =>
  error instanceof CoordError && error.code === 'LOCK_HELD';

const notLocked = (scope: string): CoordError =>
  new CoordError('LOCK_HELD', `“${scope}” was not locked: you stopped before it was free`, { scope });

/** Resolves when the person wants it to end. @throws CoordError `LOCK_LOST`, `NOT_CONNECTED` */
async function lossOf(
  { token, lost }: HeldLock,
  holdings: Holdings<HeldLock>,
  coordination: Coordination,
  stop: AbortSignal,
): Promise<void> {
  const end = AbortSignal.any([stop, lost]);
  let seen = token;
  while (!end.aborted) {
    try {
      for await (const batch of coordination.follow(seen, end)) {
        for (const stored of batch) {
          holdings.see(stored);
          seen = stored.seq;
        }
      }
    } catch (error) {
      // A host that was cut off is back, or this side was slow: from the last event on it goes on.
      if (!(error instanceof CoordError) || error.code !== 'FOLLOW_TOO_SLOW') throw error;
    }
  }
  if (!stop.aborted) throw lost.reason;
}

function noHost(): CoordError {
  return new CoordError(
    'NOT_CONNECTED',
    'The files were not locked: a lock lives as long as its holder’s connection to a host, and none runs. ' +
      'Start one with "agentcoord serve"',
  );
}
