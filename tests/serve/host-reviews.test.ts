/** The reviews of a host: one at a time, for the owner alone, stopped when somebody says so or the host ends. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { ReviewView } from '../../src/contract/reviews.ts';
import { rpcVersion } from '../../src/contract/rpc.ts';
import { openHost } from '../../src/serve/open-host.ts';
import { HostReviews } from '../../src/serve/review/host-reviews.ts';
import type { RunReview } from '../../src/serve/review/review-wish.ts';
import { runReview } from '../../src/serve/review/run-review.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const report = {
  path: '',
  by: 'rules',
  seconds: 0,
  files: 1,
  leftOut: [],
  summary: 'Fine.',
  reviews: [],
  out: null,
} as const;

/** Runs until it is told how it ends, or is stopped. */
function heldReviews() {
  let end: (how: 'done' | 'failed') => void = () => undefined;
  const run: RunReview = ({ stop, onProgress }) =>
    new Promise((resolve, reject) => {
      onProgress?.({ files: 3, parts: [] });
      stop.addEventListener('abort', () => reject(new Error('it was stopped')));
      end = (how) => (how === 'done' ? resolve(report) : reject(new Error('the lead failed')));
    });
  const reviews = new HostReviews(run, tmpdir());
  onTestFinished(() => reviews.close());
  const ended = () => expect.poll(() => reviews.list()[0]?.state).not.toBe('running');
  return { reviews, finish: (how: 'done' | 'failed') => end(how), ended };
}

it('go on one at a time, and say how far they are', async () => {
  const { reviews, finish, ended } = heldReviews();
  const folder = await temporaryFolder();
  expect(await reviews.start({ path: folder, model: null })).toMatchObject({
    state: 'running',
    files: 3,
    path: folder,
  });
  await expect(reviews.start({ path: folder, model: null })).rejects.toMatchObject({
    code: 'WRONG_STATE',
    message: expect.stringContaining('Wait for it, or stop it'),
  });
  finish('done');
  await ended();
  expect(reviews.list()).toMatchObject([{ state: 'done', summary: 'Fine.', failedBecause: null }]);
  await reviews.start({ path: folder, model: 'local/reader' });
  finish('failed');
  await ended();
  expect(reviews.list()).toMatchObject([
    { state: 'failed', failedBecause: 'the lead failed', model: 'local/reader' },
    { state: 'done' },
  ]);
});

it('are stopped, and stay so', async () => {
  const { reviews } = heldReviews();
  const { id } = await reviews.start({ path: await temporaryFolder(), model: null });
  expect(reviews.stop(id)).toMatchObject({ state: 'stopped', failedBecause: null });
  expect(reviews.stop(id)).toMatchObject({ state: 'stopped' });
  expect(() => reviews.stop('review_9')).toThrow(/There is no review review_9/);
});

it('keep the last ten', async () => {
  const { reviews, finish, ended } = heldReviews();
  const folder = await temporaryFolder();
  for (let n = 0; n < 12; n += 1) {
    await reviews.start({ path: folder, model: null });
    finish('done');
    await ended();
  }
  expect(reviews.list().map(({ id }) => id)).toEqual(
    Array.from({ length: 10 }, (_, n) => `review_${12 - n}`),
  );
});

it('refuse a folder that is not there, and whoever is not the owner', async () => {
  const host = await openHost({
    dataDir: await temporaryFolder(),
    name: 'test',
    workers: 0,
    review: runReview,
  });
  onTestFinished(() => host.close());
  const owner = host.connect();
  await owner.hello({ version: rpcVersion, token: host.token, client: 'test' });
  await owner.createCompany({ from: { template: 'startup' } });
  await expect(owner.startReview({ path: '/nowhere/at/all' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(owner.startReview({ path: '' })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  expect(await owner.reviews()).toEqual([]);
  const stranger = host.connect();
  await expect(stranger.reviews()).rejects.toMatchObject({ code: 'SESSION_INVALID' });
});

it('find by rules what is at which line, and leave no copy behind', { timeout: 120_000 }, async () => {
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, 'src'));
  await writeFile(path.join(folder, 'src/a.js'), 'export const a = (b) => eval(b);\n');
  const reviews = new HostReviews(runReview, await temporaryFolder());
  // Reviews of other tests have their copies elsewhere.
  vi.stubEnv('TMPDIR', await temporaryFolder());
  onTestFinished(() => void vi.unstubAllEnvs());
  await reviews.start({ path: folder, model: null });
  const last = (): ReviewView | undefined => reviews.list()[0];
  await expect.poll(() => last()?.state, { timeout: 100_000 }).toBe('done');
  const security = last()?.parts.find(({ reviewer }) => reviewer === 'security');
  expect(security).toMatchObject({
    state: 'done',
    findings: [{ file: 'src/a.js', line: 1, severity: 'high' }],
  });
  expect(new Set(last()?.parts.map(({ worker }) => worker)).size).toBe(6);
  await reviews.close();
  const left = await readdir(tmpdir());
  expect(left.filter((name) => name.startsWith('agentcoord-review-'))).toEqual([]);
});
