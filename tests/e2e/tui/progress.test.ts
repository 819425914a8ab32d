/** Long commands say on a real terminal how far they are, in one line that is gone when they are done. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { newPlace } from '../../cli/place.ts';
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
