/**
 * The command palette has every command. What counts as one: whatever a person can have the host do from a screen, and every key
 * of the key help that does more than walk, choose or close. So the sources of the screens are read for what they give to the host.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFolder } from '../../build/project-folder.ts';
import { commandSchema } from '../../src/core/command.ts';
import { orgEditSchema } from '../../src/core/org/org-commands.ts';
import { givenByActs } from '../../src/renderer/app/palette/palette-items.ts';
import { screenActs } from '../../src/renderer/app/palette/screen-acts.ts';
import { strings as palette } from '../../src/renderer/app/palette/strings.ts';
import { thingActs } from '../../src/renderer/app/palette/thing-acts.ts';
import { strings } from '../../src/renderer/app/strings.ts';

const entries = [...Object.values(screenActs), ...Object.values(thingActs)];
const given = new Set<string>([
  ...entries.flatMap(({ gives = [] }) => gives),
  ...Object.values(givenByActs).flat(),
]);

/** No act of its own, and why. */
const notInThePalette: Readonly<Record<string, string>> = {
  'company.create': 'there is no palette before there is a company',
};

/** What is asked of the host and changes nothing. */
const questions = [
  ...['query', 'channels', 'plugins', 'reviews', 'companyPlaces', 'hostFacts', 'tokens', 'templates'],
  ...['staffing', 'codingAgents', 'command', 'inspectPlugin'],
];

async function sources(): Promise<Map<string, string>> {
  const folder = path.join(projectFolder, 'src', 'renderer');
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.tsx?$/.test(name));
  const texts = names.map(async (name) => [name, await readFile(path.join(folder, name), 'utf8')] as const);
  return new Map(await Promise.all(texts));
}

const commands = new Set<string>(commandSchema.options.map(({ shape }) => shape.type.value));
/** Steps of a draft, which the host hears of as one command when it is applied. */
const edits = new Set<string>(orgEditSchema.options.map(({ shape }) => shape.type.value));

function matches(texts: Map<string, string>, pattern: RegExp): string[] {
  return [
    ...new Set(
      [...texts.values()].flatMap((text) => [...text.matchAll(pattern)].map(([, one]) => one ?? '')),
    ),
  ];
}

describe('the palette', () => {
  it('has every command that a screen gives to the host', async () => {
    const told = matches(await sources(), /type: '([a-z]+\.[a-z_]+)'/g).filter((type) => commands.has(type));
    expect(told.length).toBeGreaterThan(40);
    const missing = told.filter((type) => !given.has(type) && !edits.has(type) && !notInThePalette[type]);
    expect(missing).toEqual([]);
  });

  it('has everything else that a screen has the host do', async () => {
    const calls = matches(await sources(), /(?:\bhost|\bcoordination\(\))\s*\.([a-zA-Z]+)\(/g);
    expect(calls).toContain('startReview');
    expect(calls.filter((call) => !given.has(call) && !questions.includes(call))).toEqual([]);
  });

  it('names nothing that no screen gives, and no act that no screen offers', async () => {
    const texts = await sources();
    const offers = [...texts].filter(([name]) => !/palette|^lib.acts/.test(name)).map(([, text]) => text);
    const ids = [...Object.keys(screenActs), ...Object.keys(thingActs)];
    expect(ids.filter((id) => !offers.some((text) => text.includes(`'${id}':`)))).toEqual([]);
    const said = [...texts.values()].join('');
    const isSaid = (one: string) => said.includes(`type: '${one}'`) || said.includes(`.${one}(`);
    expect([...given].filter((one) => !isSaid(one))).toEqual([]);
  });

  it('has every key that does something, for the screen where it is one', () => {
    /** Those that walk, open or close what they are on; the palette itself. */
    const hands = /^(← ↓ ↑ →|j k|Esc|Space|Ctrl K)$/;
    const missing = strings.keyGroups.flatMap(({ title, keys }) => {
      const acts = keysOf(actsOf[title]);
      return keys.flatMap(([key]) => (hands.test(key) || acts.has(key) ? [] : [`${title}: ${key}`]));
    });
    // The card is opened by its link, which has the focus.
    expect(missing).toEqual(['Work board: Enter']);
  });
});

/** The beginnings of the names of the acts of each group of keys. */
const actsOf: Readonly<Record<(typeof strings.keyGroups)[number]['title'], RegExp>> = {
  Everywhere: /^(screen|company)/,
  'Work board': /^(board|task)\./,
  Gates: /^gate\./,
  'Org chart': /^org\./,
  Workflows: /^flow\./,
  Threads: /^threads\./,
  History: /^history\./,
  Settings: /^settings\./,
  Conflicts: /^conflict\./,
  Workers: /^log\./,
};

function keysOf(acts: RegExp): ReadonlySet<string> {
  const all = [
    ...Object.entries({ ...screenActs, ...thingActs }),
    ...palette.screens.map(({ keys }) => ['screen', { keys }] as const),
    ...['n', 't', '?'].map((keys) => ['company', { keys }] as const),
  ];
  return new Set(all.flatMap(([id, { keys }]) => (acts.test(id) && keys ? [keys] : [])));
}
