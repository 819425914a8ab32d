/** A company on two hosts that share a real Redis: the page is at one of them, whose line to Redis a test can cut. */
import { expect, onTestFinished } from 'vitest';
import { connectOwner } from '../../cli/owner-connection.ts';
import { newPlace, untilOpen } from '../../cli/place.ts';
import type { CutLine } from '../../log/redis/cut-line.ts';
import { cutLineTo } from '../../log/redis/cut-line.ts';
import { startRedisServer } from '../../log/redis/redis-servers.ts';
import { foundCompany } from '../ui/steps.ts';
import type { ServedPage } from './served-page.ts';
import { openServedPage } from './served-page.ts';

export type Owner = Awaited<ReturnType<typeof connectOwner>>;

export interface SharedCompany extends ServedPage {
  /** Between the host of the page and Redis. */
  readonly line: CutLine;
  /** The owner at the host of the page, and at the other one. */
  readonly here: Owner;
  readonly there: Owner;
  /** More sessions of the owner, to act for members by. */
  newSession(where: 'here' | 'there'): Promise<Owner>;
}

const name = 'Two Desks';

export async function openSharedCompany(): Promise<SharedCompany> {
  const redis = await startRedisServer();
  onTestFinished(() => redis.stop());
  const line = await cutLineTo(redis.port);
  onTestFinished(() => line.close());
  let hereDir = '';
  const served = await openServedPage({
    prepare: async (dataDir) => {
      hereDir = dataDir;
    },
  });
  await foundCompany(served.page, 'Startup', name);
  await served.page.getByRole('button', { name: 'Later' }).click();
  const session = async (dataDir: string) => {
    const client = await connectOwner(dataDir, name);
    onTestFinished(() => client.close());
    return client;
  };
  const here = await session(hereDir);
  await here.moveCompany({ to: `redis://127.0.0.1:${line.port}` });

  const other = await newPlace();
  await other.serve('--workers', '0', '--redis-url', `redis://127.0.0.1:${redis.port}`);
  await untilOpen(other, name);
  await expect.poll(async () => (await here.query('hosts', {})).length, { timeout: 20_000 }).toBe(2);
  const there = await session(other.dataDir);
  const folders = { here: hereDir, there: other.dataDir };
  return { ...served, line, here, there, newSession: (where) => session(folders[where]) };
}
