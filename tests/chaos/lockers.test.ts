/** Many lock overlapping scopes of the same files from several processes: never two at once, and tokens rise. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { StoredEvent } from '../../src/core/event.ts';
import type { LockId, Seq } from '../../src/core/ids.ts';
import { openRealCompany } from '../real-company.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { announceSeed, inThisRun, timeout } from './chaos-run.ts';
import type { MemberProcess } from './member-process.ts';
import { startMember } from './member-process.ts';
import { files, filesOf } from './scopes.ts';

const processes = inThisRun({ short: 3, long: 4 });
const lockersEach = inThisRun({ short: 3, long: 4 });
const duration = inThisRun({ short: 3_000, long: 60_000 });

it('never lets two hold one file, and gives each file rising tokens', { timeout }, async () => {
  const seed = announceSeed('lockers');
  const real = await openRealCompany();
  const witness = await temporaryFolder();
  for (const file of files) await writeFile(path.join(witness, `${file.replace('/', '-')}.token`), '0');
  const members: MemberProcess[] = await Promise.all(
    Array.from({ length: processes }, (_, n) => {
      const seeds = Array.from({ length: lockersEach }, (_, locker) => seed + n * 100 + locker);
      return startMember(real, ['ann', 'emma', 'pia'][n % 3] ?? '', 'locking-child.ts', { seeds, witness });
    }),
  );
  await delay(duration);
  await Promise.all(members.map((member) => member.finish()));

  const counts = members.map(({ lines }) => JSON.parse(lines.at(-1) ?? '{}') as Record<string, number>);
  const sum = (what: string) => counts.reduce((all, each) => all + (each[what] ?? 0), 0);
  console.log(`lockers: ${sum('granted')} granted, ${sum('refused')} refused, ${sum('dropped')} dropped`);
  await real.until(({ locks }) => locks.size === 0);
  const witnessed = await replay((after) => real.owner.query('events', { after, limit: 1_000 }));
  expect(witnessed.granted).toBe(sum('granted'));
  expect(sum('granted')).toBeGreaterThan(50);
  expect(sum('refused')).toBeGreaterThan(5);
  expect([...witnessed.endings]).toContain('session_ended');
  expect(witnessed.mostAtOnce).toBeGreaterThan(2);
});

/** Follows the log as somebody outside would: who holds which file, by its own reading of the scopes. */
async function replay(read: (after: Seq) => Promise<readonly StoredEvent[]>) {
  const holderOf = new Map<string, LockId>();
  const lastToken = new Map<string, Seq>();
  const held = new Map<LockId, readonly string[]>();
  const endings = new Set<string>();
  let granted = 0;
  let mostAtOnce = 0;
  let token = 0 as Seq;
  const see = ({ seq, event }: StoredEvent) => {
    if (event.type === 'lock.acquired') {
      expect(seq).toBeGreaterThan(token);
      token = seq;
      granted += 1;
      const covered = filesOf(event.lock.scope);
      for (const file of covered) {
        expect(holderOf.get(file), `${file} is held twice`).toBeUndefined();
        expect(seq).toBeGreaterThan(lastToken.get(file) ?? 0);
        holderOf.set(file, event.lock.id);
        lastToken.set(file, seq);
      }
      held.set(event.lock.id, covered);
      mostAtOnce = Math.max(mostAtOnce, held.size);
    } else if (event.type === 'lock.released') {
      endings.add(event.reason);
      for (const file of held.get(event.lockId) ?? []) holderOf.delete(file);
      held.delete(event.lockId);
    }
  };
  for (let after = 0 as Seq; ; ) {
    const page = await read(after);
    for (const stored of page) see(stored);
    const last = page.at(-1);
    if (!last) return { granted, endings, mostAtOnce };
    after = last.seq;
  }
}
