/** Every pair of colours that the UI puts on each other, in both themes, by the formula of WCAG 2.2: AA. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { projectFolder } from '../../build/project-folder.ts';

const design = path.join(projectFolder, 'src/renderer/design');
const sheets = ['theme.css', 'base.css']
  .map((name) => readFileSync(path.join(design, name), 'utf8'))
  .join('\n');

/** Light and dark of each token that has both as plain colours. */
const tokens = new Map(
  [...sheets.matchAll(/--color-([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

const grounds = ['ground', 'sunken', 'surface', 'raised', 'hover', 'chosen', 'field'];
const meanings = ['alive', 'needs', 'waiting', 'failure'];
const softs = meanings.map((meaning) => `${meaning}-soft`);
const hues = [1, 2, 3, 4, 5, 6].map((number) => `hue-${number}`);

/** Text of any size: 4.5 to 1. */
const texts: [string, string][] = [
  ...['ink', 'muted', 'faint', ...meanings].flatMap((text): [string, string][] =>
    grounds.map((ground) => [text, ground]),
  ),
  ...softs.flatMap((soft): [string, string][] => ['ink', 'muted'].map((text) => [text, soft])),
  ...meanings.map((meaning): [string, string] => [meaning, `${meaning}-soft`]),
  ['on-alive', 'alive'],
  ['on-failure', 'failure'],
];

/** What a thing is known by without a word, such as the frame of a field or the line of a graph: 3 to 1. */
const parts: [string, string][] = [
  ...['line-strong', ...hues].flatMap((part): [string, string][] => grounds.map((ground) => [part, ground])),
];

it('knows every colour of the theme', () => {
  const declared = [...sheets.matchAll(/--color-([\w-]+): light-dark/g)].map(([, name]) => name);
  // A hairline beside a gap, and the veil behind a dialog: nothing is read by them.
  const silent = ['line', 'scrim'];
  const named = new Set([...texts, ...parts].flat());
  expect(declared.filter((name) => name && !named.has(name) && !silent.includes(name))).toEqual([]);
});

it.each([
  ['text', texts, 4.5],
  ['parts of the UI', parts, 3],
])('keeps %s apart from what is behind', (_what, pairs, least) => {
  const short = (['dark', 'light'] as const).flatMap((theme) =>
    pairs
      .map(([front, back]) => ({ front, back, ratio: contrast(colour(front, theme), colour(back, theme)) }))
      .filter(({ ratio }) => ratio < least)
      .map(({ front, back, ratio }) => `${theme}: ${front} on ${back}: ${ratio.toFixed(2)}`),
  );
  expect(short).toEqual([]);
});

it('counts as WCAG does', () => {
  expect(contrast('#ffffff', '#000000')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

function colour(name: string, theme: 'light' | 'dark'): string {
  const found = tokens.get(name)?.[theme];
  if (!found) throw new Error(`theme.css has no ${name}`);
  return found;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
