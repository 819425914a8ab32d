/** The search over settings. */
import { expect, it } from 'vitest';
import type { Findable, SectionId } from '../../src/renderer/features/settings/find-settings.ts';
import { findSettings, sectionIn } from '../../src/renderer/features/settings/find-settings.ts';

const entry = (section: SectionId, title: string, help = '', words = ''): Findable => ({
  ...{ section, title, help, words },
});
const entries = [
  entry('company', 'Data folder', 'Back this up.', 'disk path'),
  entry('appearance', 'Theme', 'Dark or light.', 'colour'),
  entry('appearance', 'Density'),
  entry('about', 'Version', 'Of the app.', 'release'),
];
const names: Partial<Record<SectionId, string>> = { appearance: 'Look', company: 'Company', about: 'About' };
const find = (section: SectionId, text: string) =>
  findSettings(entries, section, text, (id) => names[id] ?? '').map((shown) => [
    shown.section,
    ...shown.entries.map(({ title }) => title),
  ]);

it.each([
  [
    'without words, all of the section and nothing else',
    'appearance',
    '  ',
    [['appearance', 'Theme', 'Density']],
  ],
  ['by title, wherever it is', 'appearance', 'data', [['company', 'Data folder']]],
  ['by what else it is called', 'about', 'COLOUR', [['appearance', 'Theme']]],
  ['by all words, in any place', 'about', 'disk back', [['company', 'Data folder']]],
  ['by the name of the section', 'about', 'look', [['appearance', 'Theme', 'Density']]],
  [
    'in the order of the sections',
    'about',
    'e',
    [
      ['appearance', 'Theme', 'Density'],
      ['company', 'Data folder'],
      ['about', 'Version'],
    ],
  ],
  ['nothing', 'appearance', 'theme folder', []],
] as const)('finds %s', (_rule, section, text, expected) => {
  expect(find(section, text)).toEqual(expected);
});

it('reads a section from an address, and knows no other', () => {
  expect(sectionIn('tokens')).toBe('tokens');
  expect(sectionIn('passwords')).toBeNull();
});
