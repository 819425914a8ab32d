/** What every density sets, and what is drawn at a scale of its own, so that neither forgets a size of the theme. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { projectFolder } from '../../../build/project-folder.ts';

const folder = path.join(projectFolder, 'src', 'renderer', 'design');
const [theme, density] = await Promise.all(
  ['theme.css', 'density.css'].map((name) => readFile(path.join(folder, name), 'utf8')),
);

/** The sizes that a block sets, by their names. */
function sizesOf(css: string | undefined, block: string): Record<string, string> {
  const at = css?.indexOf(block) ?? -1;
  if (at < 0) throw new Error(`there is no ${block}`);
  const inside = css?.slice(at, css.indexOf('}', at)) ?? '';
  const sizes = [...inside.matchAll(/(--(?:spacing|text-[\w-]+)): ([\d.]+px);/g)];
  return Object.fromEntries(sizes.map(([, name, size]) => [name, size]));
}

const usual = sizesOf(theme, '@theme {');

it('is drawn at the usual sizes where it has a scale of its own', () => {
  expect(Object.keys(usual).length).toBeGreaterThan(10);
  expect(sizesOf(density, '.own-scale {')).toEqual(usual);
});

it.each(['compact', 'roomy'])('sets every size when it is %s', (name) => {
  const sizes = sizesOf(density, `[data-density="${name}"] {`);
  expect(Object.keys(sizes)).toEqual(Object.keys(usual));
  expect(sizes).not.toEqual(usual);
});
