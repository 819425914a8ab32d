/** Takes a file lock and holds it for as long as this program runs. */
import type { Command } from 'commander';
import { acquireLock } from '../../client/acquire-lock.ts';
import type { HeldLock } from '../../client/held-lock.ts';
import { Holdings } from '../../client/holdings.ts';
import type { Coordination } from '../../contract/rpc.ts';
import { CoordError } from '../../core/error.ts';
import { scopeOfPath } from '../../core/lock/path-scope.ts';
import type { DurationMs } from '../../core/units.ts';
import { stopSignal } from '../../serve/stop-signal.ts';
import { withCompany } from '../company-session.ts';
import { lockDocument } from '../documents/lock-document.ts';
import { readNames } from '../documents/names.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';

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
    const wish = { scope, intent, signal: stop, ...(ttl && { ttl }), ...(wait && { wait }) };
    const holdings = new Holdings<HeldLock>();
    const held = await acquireLock(coordination, holdings, wish).catch((error: unknown) => {
      if (!stop.aborted) throw error;
      return null;
    });
    if (!held) return;
    const { lock } = held;
    const document = lockDocument(lock, await readNames(coordination));
    output.answer({ lock: document }, () => `${lock.id}: ${lock.scope} is yours, with token ${lock.token}`);
    output.note('Ctrl-C lets it go.');
    await lossOf(held, holdings, coordination, stop);
    await held.release();
  });
}

/** Resolves when the person wants it to end. @throws CoordError `LOCK_LOST`, `NOT_CONNECTED` */
async function lossOf(
  { token, lost }: HeldLock,
  holdings: Holdings<HeldLock>,
  coordination: Coordination,
  stop: AbortSignal,
): Promise<void> {
  for await (const batch of coordination.follow(token, AbortSignal.any([stop, lost]))) {
    for (const stored of batch) holdings.see(stored);
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
