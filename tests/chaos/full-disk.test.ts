/**
 * The disk of a host runs full, again and again, sometimes with a kill on top. What does not fit is refused in plain
 * words and leaves no trace, what was acked stays, and as soon as there is room the host goes on.
 */
import { expect, it } from 'vitest';
import { CoordError } from '../../src/core/error.ts';
import type { ClientConnection } from '../../src/rpc/client.ts';
import { smallCompany } from '../real-company.ts';
import { seededRandom } from '../seeded-random.ts';
import { AckedEvents } from './acked-events.ts';
import { announceSeed, inThisRun, timeout } from './chaos-run.ts';
import { chainFaultIn, onlyLogIn, readLogFile } from './log-file.ts';
import { connectOwner, startHost } from './served-host.ts';
import { mountSmallDisk } from './small-disk.ts';

const rounds = inThisRun({ short: 4, long: 60 });
/** What is left of the disk when a round begins, at most, in bytes. */
const mostRoom = 300_000;

it('refuses what does not fit, and goes on once there is room', { timeout }, async () => {
  const random = seededRandom(announceSeed('full disk'));
  const disk = await mountSmallDisk(inThisRun({ short: 12, long: 192 }));
  const dataDir = `${disk.folder}/data`;
  let host = startHost(dataDir);
  await host.ready;
  let client = await connectOwner(dataDir);
  await client.createCompany({ from: { file: smallCompany() } });
  const file = await onlyLogIn(dataDir);
  const acked = new AckedEvents();
  const refused = new Set<string>();
  const starts = { open: 0, companyClosed: 0, refused: 0 };

  for (let round = 1; round <= rounds; round += 1) {
    disk.fill(Math.floor(random() * mostRoom));
    for (const title of await createUntilRefused(client, `${round}`, random, acked)) refused.add(title);
    expect((await client.query('status', {})).company.name).toBe('Acme');

    if (round % 2 === 0) {
      await host.end('SIGKILL');
      disk.fill();
      starts[await startOnFullDisk(dataDir)] += 1;
      disk.free();
      host = startHost(dataDir);
      await host.ready;
      client = await connectOwner(dataDir);
    } else disk.free();
    acked.note(await client.command({ type: 'task.create', title: `room again ${round}` }));

    const { integrity, textBySeq } = readLogFile(file);
    expect(integrity).toBe('ok');
    expect(acked.lostFrom(textBySeq)).toEqual([]);
    const kept = [...textBySeq.values()].map((text) => JSON.parse(text).task?.title);
    expect(kept.filter((title) => refused.has(title))).toEqual([]);
  }
  expect(refused.size).toBeGreaterThanOrEqual(rounds);
  expect(await chainFaultIn(file)).toBeNull();
  console.log(
    `full disk: ${JSON.stringify({ rounds, acked: acked.commands, refused: refused.size, starts })}`,
  );
});

/** @returns the titles of those that were refused */
async function createUntilRefused(
  client: ClientConnection,
  round: string,
  random: () => number,
  acked: AckedEvents,
): Promise<readonly string[]> {
  for (let n = 0; ; n += 1) {
    const titles = Array.from({ length: 4 }, (_, caller) => `${round}/${n}/${caller}`);
    const outcomes = await Promise.allSettled(
      titles.map(async (title) =>
        acked.note(
          await client.command({ type: 'task.create', title, description: 'x'.repeat(random() * 8_000) }),
        ),
      ),
    );
    const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    for (const reason of reasons) {
      expect(reason).toBeInstanceOf(CoordError);
      expect(reason).toMatchObject({
        code: 'LOG_UNAVAILABLE',
        message: expect.stringMatching(/^Nothing was written: there is no room left for .*Free some space/),
      });
    }
    if (reasons.length > 0) return titles.filter((_, place) => outcomes[place]?.status === 'rejected');
  }
}

/** What a start after a kill makes of a disk without any room: whatever it is, it says so. */
async function startOnFullDisk(dataDir: string): Promise<'open' | 'companyClosed' | 'refused'> {
  const host = startHost(dataDir);
  const isUp = await host.ready.then(
    () => true,
    () => false,
  );
  await host.end('SIGKILL');
  const said = host.said();
  expect(said).not.toMatch(/INTERNAL|damaged/);
  if (!isUp) {
    expect(said).toMatch(/DATA_DIR_UNUSABLE: .* its disk is full/);
    return 'refused';
  }
  if (!said.includes('stays closed')) return 'open';
  expect(said).toMatch(/stays closed: Nothing was written: there is no room left for/);
  return 'companyClosed';
}
