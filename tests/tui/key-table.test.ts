/** The table of keys in docs/cli.md names what each screen offers in its last line, and nothing else. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { projectFolder } from '../../build/project-folder.ts';
import { screens } from '../../src/tui/screens/screens.ts';
import { fullView } from './full-company.ts';

const page = await readFile(path.join(projectFolder, 'docs', 'cli.md'), 'utf8');

it.each(screens.map((screen) => [screen.title, screen] as const))('on %s', (title, screen) => {
  const view = fullView();
  const ids = [null, ...screen.rows(view).map(({ id }) => id)];
  const offered = new Set(ids.flatMap((id) => screen.hints(view, id).map(({ key }) => key)));
  const rows = [...page.matchAll(new RegExp(`^\\| on ${title}\\b[^:|]*: ([^|]*) \\|`, 'gm'))];
  const documented = rows.flatMap(([, keys = '']) => [...keys.matchAll(/`([^`]+)`/g)].map(([, key]) => key));
  expect([...new Set(documented)].sort()).toEqual([...offered].sort());
});
