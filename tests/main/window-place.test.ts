/** Where the window comes back. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { isInReach, keepPlace, readPlace } from '../../src/main/window-place.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
const right = { x: 1920, y: 0, width: 1280, height: 1024 };
const at = (x: number, y: number) => ({ x, y, width: 1440, height: 900 });

it.each([
  ['in the middle of a screen', at(100, 100), [screen], true],
  ['on the second screen', at(2_000, 50), [screen, right], true],
  ['where a screen was that is gone', at(2_000, 50), [screen], false],
  ['with just enough of its title in sight', at(1_800, 20), [screen], true],
  ['with too little of its title in sight', at(1_850, 20), [screen], false],
  ['with its title above the screen', at(100, -200), [screen], false],
  ['below the screen', at(100, 1_060), [screen], false],
])('%s', (_where, place, screens, isThere) => expect(isInReach(place, screens)).toBe(isThere));

it('reads what it has kept, and takes anything else for nothing', async () => {
  const file = path.join(await temporaryFolder(), 'window.json');
  expect(readPlace(file)).toBeNull();
  const place = { ...at(10, 20), isMaximized: true };
  await keepPlace(file, place);
  expect(readPlace(file)).toEqual(place);
  for (const text of ['{"x": 1', '{}', '{"x":0,"y":0,"width":-5,"height":3,"isMaximized":false}']) {
    await writeFile(file, text);
    expect(readPlace(file)).toBeNull();
  }
});
