/**
 * Holders of a lock are stopped for longer than it lasts and go on as if nothing had been. With the check of the tokens
 * no update that was acked is lost; the same without the check shows what it is for.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { WorkspaceOptions } from '../../src/coordinator/workspace/workspace.ts';
import type { DurationMs } from '../../src/core/units.ts';
import { openRealCompany } from '../real-company.ts';
import { seededRandom } from '../seeded-random.ts';
import { announceSeed, inThisRun, timeout } from './chaos-run.ts';
import type { MemberProcess } from './member-process.ts';
import { startMember } from './member-process.ts';

const ttl = inThisRun({ short: 300, long: 2_000 }) as DurationMs;
const holders = inThisRun({ short: 3, long: 6 });
/** So long, and until so many have come back too late. */
const duration = inThisRun({ short: 1_000, long: 60_000 });
const enoughPauses = inThisRun({ short: 4, long: 20 });
const file = 'shared/counter.txt';

interface Counted {
  /** What the file says at the end. */
  readonly counter: number;
  readonly acked: number;
  readonly refused: number;
  /** Pauses that were longer than the lock lasts. */
  readonly longPauses: number;
}

async function countUnderPauses(fencing: WorkspaceOptions['fencing'], seed: number): Promise<Counted> {
  const random = seededRandom(seed);
  const real = await openRealCompany(undefined, { ...(fencing && { fencing }) });
  const members: MemberProcess[] = await Promise.all(
    Array.from({ length: holders }, (_, n) =>
      startMember(real, ['ann', 'emma', 'pia'][n % 3] ?? '', 'counting-child.ts', { file, ttl }),
    ),
  );
  const pausing = new Set<Promise<void>>();
  let longPauses = 0;
  let over = false;
  let tellEnough: () => void = () => undefined;
  const enough = new Promise<void>((resolve) => {
    tellEnough = resolve;
  });
  async function pause({ child }: MemberProcess): Promise<void> {
    const length = ttl * (random() < 0.25 ? 0.5 : 1.5 + random());
    child.kill('SIGSTOP');
    await delay(length);
    child.kill('SIGCONT');
    if (length > ttl) longPauses += 1;
    if (longPauses >= enoughPauses) tellEnough();
  }
  async function answer(member: MemberProcess): Promise<void> {
    if (random() < 0.2) await pause(member);
    member.send('go');
  }
  for (const member of members) {
    // It has read the number, and writes the next one as soon as it is answered.
    member.onLine((line) => {
      if (line !== 'holding' || over) return;
      const answered = answer(member).finally(() => pausing.delete(answered));
      pausing.add(answered);
    });
  }
  await Promise.all([delay(duration), enough]);
  over = true;
  // Whoever is not answered any more writes a last time when it is told to finish.
  await Promise.all(pausing);
  await Promise.all(members.map((member) => member.finish()));
  const results = members.map(({ lines }) => JSON.parse(lines.at(-1) ?? '{}') as Counted);
  const content = await real.owner.readFile({ path: file });
  return {
    counter: Number(Buffer.from(content?.base64 ?? '', 'base64').toString()),
    acked: results.reduce((sum, each) => sum + each.acked, 0),
    refused: results.reduce((sum, each) => sum + each.refused, 0),
    longPauses,
  };
}

describe('holders that are stopped for longer than their lock lasts', () => {
  it('lose no acked update', { timeout }, async () => {
    const counted = await countUnderPauses(undefined, announceSeed('pauses'));
    console.log(`pauses: ${JSON.stringify(counted)}`);
    expect(counted.counter).toBe(counted.acked);
    expect(counted.acked).toBeGreaterThan(5);
    // Whoever was away for too long came back too late, and was told so.
    expect(counted.refused).toBeGreaterThanOrEqual(counted.longPauses);
  });

  it('lose some as soon as nobody checks their tokens', { timeout }, async () => {
    const counted = await countUnderPauses('unchecked', announceSeed('pauses without the check'));
    console.log(`pauses without the check: ${JSON.stringify(counted)}`);
    expect(counted.counter).toBeLessThan(counted.acked);
  });
});
