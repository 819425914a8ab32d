/** Lets a lock go, or takes it away. */
import type { Command } from 'commander';
import type { Coordination } from '../../contract/rpc.ts';
import { CoordError } from '../../core/error.ts';
import type { FileLock } from '../../core/lock/lock.ts';
import { withCompany } from '../company-session.ts';
import { lockDocument } from '../documents/lock-document.ts';
import { readNames } from '../documents/names.ts';
import { findNamed } from '../find-named.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';

export interface ReleaseOptions {
  readonly force: boolean;
  readonly reason?: string;
}

/** @throws CoordError `NOT_FOUND`; `FORBIDDEN` - somebody else has it, or you may not take it away */
export async function releaseLock(
  key: string,
  { force, reason = '' }: ReleaseOptions,
  command: Command,
): Promise<void> {
  const options = globalOptions(command);
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination, hello }) => {
    const lock = await findLock(coordination, key);
    const document = lockDocument(lock, await readNames(coordination));
    if (force) await coordination.command({ type: 'lock.force_release', lockId: lock.id, reason });
    else {
      if (lock.holder.memberId !== hello.memberId) throw othersLock(lock, document.holder);
      await coordination.command({ type: 'lock.release', lockId: lock.id, token: lock.token });
    }
    output.answer({ lock: document }, () => `${lock.id}: ${plainLine(lock.scope)} is free`);
  });
}

async function findLock(coordination: Coordination, key: string): Promise<FileLock> {
  const locks = await coordination.query('locks', {});
  const named = locks.map((lock) => ({ id: lock.id, name: lock.scope, hint: lock.intent, lock }));
  return findNamed('lock', key, named).lock;
}

function othersLock({ id, scope, intent }: FileLock, holder: string): CoordError {
  return new CoordError(
    'FORBIDDEN',
    `“${scope}” was not released: ${holder} has it (${intent}). Ask ${holder}, or take it away with --force --reason`,
    { lockId: id, holder },
  );
}
