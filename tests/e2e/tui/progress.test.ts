/** Long commands say on a real terminal how far they are, in one line that is gone when they are done. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { connect } from '../../../src/client/index.ts';
import { companyAt, newPlace } from '../../cli/place.ts';
import { startRedisServer } from '../../log/redis/redis-servers.ts';
import { openTerminal } from './terminal.ts';

const size = { columns: 100, rows: 60 };

it('counts the runs of a simulation', async () => {
  const terminal = await openTerminal(
    ['simulate', '--workflow', 'feature', '--from', 'scaleup', '--runs', '1000'],
    size,
  );
  await terminal.shows(/^simulate feature {2}▰*▱* \d+ % {2}[\d,]+ of 1,000 runs$/m);
  const screen = await terminal.shows('ended with 0');
  expect(screen).toContain('(1000 runs, seed 1)');
  expect(screen).not.toMatch(/[▰▱]/);
});

it('counts the reviews of a folder, between what it notes', async () => {
  const { dataDir } = await newPlace();
  const folder = path.join(dataDir, 'code');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'a.js'), 'export const a = () => eval(b);\n');
  const terminal = await openTerminal(['review', folder, '--data-dir', dataDir], size);
  await terminal.shows(/^review {2}▰*▱* \d+ % {2}\d of 6 reviews$/m);
  const screen = await terminal.shows('ended with 0');
  expect(screen).toContain('6 reviews begin');
  expect(screen).not.toMatch(/[▰▱]/);
});

it('counts the events that a move writes and compares, also for who asks elsewhere', async () => {
  const redis = await startRedisServer();
  onTestFinished(() => redis.stop());
  const place = await newPlace();
  await place.run('init', '--template', 'startup', '--name', 'Acme');
  await place.serve('--workers', '0');
  await using owner = await connect({ dataDir: place.dataDir });
  const title = (n: number) => ({ title: `Task ${n}`, description: 'x'.repeat(1_000) });
  for (let page = 0; page < 20; page += 1) {
    await owner.createTasks(Array.from({ length: 500 }, (_, n) => title(500 * page + n)));
  }
  const url = `redis://127.0.0.1:${redis.port}`;
  const told = new Set<string>();
  const asker = await place.connect('Acme');
  const terminal = await openTerminal(['--data-dir', place.dataDir, 'move', '--to', url], size);
  const asking = (async () => {
    while ((await asker.companyPlaces())[0]?.place === null) {
      const [{ moving } = { moving: null }] = await asker.companyPlaces();
      if (moving) told.add(moving.done <= moving.total ? moving.stage : 'too much');
      await pause(5);
    }
  })();
  const shown = /^move Acme {2}▰*▱* \d+ % {2}[\d,]+ of 10,\d\d\d events (written|compared)$/m;
  await terminal.shows(shown);
  const screen = await terminal.shows('ended with 0');
  expect(screen).toContain(`Acme is in Redis at ${url} now.`);
  await asking;
  expect([...told].sort()).toEqual(['comparing', 'writing']);
  expect(await companyAt(place, 'Acme')).toMatchObject({ place: url, moving: null });
  expect(screen).not.toMatch(/[▰▱]/);
});
