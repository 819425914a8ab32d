/** The index finds exactly the locks that overlap, and finds them fast among thousands. */
import { describe, expect, it } from 'vitest';
import type { LockId, MemberId, Seq, SessionId } from '../../../src/core/ids.ts';
import type { FileLock } from '../../../src/core/lock/lock.ts';
import { LockIndex } from '../../../src/core/lock/lock-index.ts';
import { overlap, parseScope } from '../../../src/core/lock/path-scope.ts';
import type { DurationMs, EpochMs } from '../../../src/core/units.ts';
import { seededRandom } from '../../seeded-random.ts';

let tokens = 0;

function lockOn(scope: string): FileLock {
  tokens += 1;
  return {
    id: `lock_${tokens}` as LockId,
    scope: parseScope(scope).text,
    holder: {
      memberId: 'member_1' as MemberId,
      sessionId: 'session_1' as SessionId,
      workerId: null,
      hostId: null,
      taskId: null,
    },
    intent: 'write',
    token: tokens as Seq,
    acquiredAt: 0 as EpochMs,
    ttl: 1_000 as DurationMs,
    until: 1_000 as EpochMs,
  };
}

const pieces = ['src', 'docs', 'a', 'b', 'a.ts', '*.ts', '*', '**', '[ab]', '{a,b}', 'A'];

function randomScope(random: () => number): string {
  const depth = 1 + Math.floor(random() * 3);
  return Array.from({ length: depth }, () => pieces[Math.floor(random() * pieces.length)]).join('/');
}

describe('the index of locks', () => {
  it('finds what comparing with every lock finds, whatever came and went', () => {
    const random = seededRandom(7);
    const index = new LockIndex();
    const locks = new Set<FileLock>();
    for (let round = 0; round < 700; round += 1) {
      const [some] = locks;
      if (locks.size > 60 && some) {
        index.remove(some);
        locks.delete(some);
      } else {
        const lock = lockOn(randomScope(random));
        index.add(lock);
        locks.add(lock);
      }
      const scope = parseScope(randomScope(random));
      const all = [...locks].filter((lock) => overlap(parseScope(lock.scope), scope));
      expect(index.overlapping(scope)).toEqual(all.sort((a, b) => a.token - b.token));
    }
    for (const lock of locks) index.remove(lock);
    expect(index.overlapping(parseScope('**'))).toEqual([]);
  });

  it('asks few of ten thousand locks', () => {
    const index = new LockIndex();
    for (let n = 0; n < 10_000; n += 1) index.add(lockOn(`packages/p${n % 100}/src/file-${n}.ts`));
    for (let n = 0; n < 20; n += 1) index.add(lockOn(`docs/${n}/**/*.md`));
    const scopes = Array.from({ length: 2_000 }, (_, n) =>
      parseScope(`packages/p${n % 100}/src/file-${n}.ts`),
    );
    const start = performance.now();
    const found = scopes.map((scope) => index.overlapping(scope).length);
    // A millisecond each, on a busy machine; comparing with each of them takes a hundred times as long.
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(found.every((count) => count === 1)).toBe(true);
    expect(index.overlapping(parseScope('packages/p7'))).toHaveLength(100);
    expect(index.overlapping(parseScope('packages/*/src/file-1234.ts'))).toHaveLength(1);
  });

  it('refuses to compare with hard patterns for ever, but finds a plain path among them', () => {
    const index = new LockIndex();
    for (let n = 0; n < 2_000; n += 1) index.add(lockOn(`x/*${'a'.repeat(120)}b${n}*`));
    expect(() => index.overlapping(parseScope(`x/${'a'.repeat(250)}`))).toThrow(
      expect.objectContaining({ code: 'TOO_MANY_LOCKS' }),
    );
    expect(index.overlapping(parseScope('src/app.ts'))).toEqual([]);
  });
});
