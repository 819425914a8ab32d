/**
 * Some lockers of the chaos test, each with a connection of its own. Whoever holds a scope puts a marker beside each of
 * its files, which nobody else may have put there, and checks that its token is higher than the last one of that file.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CoordError } from '../../src/core/error.ts';
import type { FileLock } from '../../src/core/lock/lock.ts';
import type { DurationMs } from '../../src/core/units.ts';
import { seededRandom } from '../seeded-random.ts';
import { given, greet, toldToFinish } from './member-session.ts';
import { anyScope, filesOf } from './scopes.ts';
import { lockUnrenewed } from './unrenewed-lock.ts';

interface Settings {
  readonly seeds: readonly number[];
  /** Where the markers are. */
  readonly witness: string;
}

const settings = given<Settings>();
const finish = toldToFinish();
const counts = { granted: 0, refused: 0, dropped: 0 };

const placeOf = (file: string, what: 'holder' | 'token') =>
  path.join(settings.witness, `${file.replace('/', '-')}.${what}`);

/** @throws when somebody else is there, or was there with a later token */
function takePlaces({ scope, token }: FileLock): void {
  for (const file of filesOf(scope)) {
    writeFileSync(placeOf(file, 'holder'), `${process.pid} ${token} ${scope}`, { flag: 'wx' });
    const last = Number(readFileSync(placeOf(file, 'token'), 'utf8'));
    if (last >= token) throw new Error(`${file} was locked with token ${last}, and now with ${token}`);
    writeFileSync(placeOf(file, 'token'), String(token));
  }
}

function leavePlaces({ scope }: FileLock): void {
  for (const file of filesOf(scope)) rmSync(placeOf(file, 'holder'));
}

async function lockAndRelease(seed: number): Promise<void> {
  const random = seededRandom(seed);
  let host = await greet(settings);
  while (!finish.aborted) {
    const scope = anyScope(random);
    const wait = Math.floor(random() * 3) * 20;
    try {
      const lock = await lockUnrenewed(host, { scope, intent: 'chaos', wait: wait as DurationMs });
      counts.granted += 1;
      takePlaces(lock);
      await delay(random() * 4);
      leavePlaces(lock);
      if (random() < 0.05) {
        // Nobody releases it: the host sees the connection go.
        counts.dropped += 1;
        host.close();
        host = await greet(settings);
      } else await host.command({ type: 'lock.release', lockId: lock.id, token: lock.token });
    } catch (error) {
      if (!(error instanceof CoordError) || error.code !== 'LOCK_HELD') throw error;
      counts.refused += 1;
    }
  }
  host.close();
}

console.log('ready');
await Promise.all(settings.seeds.map(lockAndRelease));
console.log(JSON.stringify(counts));
