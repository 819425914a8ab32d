/** The company's files: through the worker when the program runs for a task, else in a session of the person. */
import { acquireLock } from '../../client/acquire-lock.ts';
import type { HeldLock } from '../../client/held-lock.ts';
import { Holdings } from '../../client/holdings.ts';
import type { Coordination } from '../../contract/rpc.ts';
import { doorVariable } from '../../contract/task-files.ts';
import type { Seq } from '../../core/ids.ts';
import { withCompany } from '../company-session.ts';
import type { GlobalOptions } from '../global-options.ts';
import type { CompanyFiles } from './company-files.ts';
import { doorOf } from './task-door.ts';

/** A data directory that is named is meant, also within a task. */
export async function withFiles<Result>(
  options: GlobalOptions,
  use: (files: CompanyFiles) => Promise<Result>,
): Promise<Result> {
  const door = options.dataDir === null ? process.env[doorVariable] : undefined;
  if (door !== undefined) return await use(await doorOf(door));
  return await withCompany(options, ({ coordination }) => use(filesOf(coordination)));
}

function filesOf(coordination: Coordination): CompanyFiles {
  const held = new Map<Seq, HeldLock>();
  return {
    ofTask: false,
    lock: async ({ scope, intent, ttl = null, wait = 0 }) => {
      const lock = await acquireLock(coordination, new Holdings(), { scope, intent, ttl, wait });
      held.set(lock.token, lock);
      return lock.token;
    },
    unlock: async (token) => {
      await held.get(token)?.release();
    },
    read: (path) => coordination.readFile({ path }),
    change: (files, token) => coordination.mergeFiles({ files: files.map((file) => ({ ...file, token })) }),
  };
}
