/** The licences that the app shows: of what it loads and of what is bundled, not of what only builds it. */
import { expect, it } from 'vitest';
import { licencesIn } from '../../build/licences.ts';
import { projectFolder } from '../../build/project-folder.ts';

it('names what is in the product with its licence, once, in the order of the alphabet', () => {
  const licences = licencesIn(projectFolder);
  const names = licences.map(([name]) => name);
  expect(licences.find(([name]) => name === 'zod')).toEqual(['zod', expect.stringMatching(/^\d/), 'MIT']);
  // Bundled, and so what they need in turn; fonts by way of a style sheet.
  for (const name of ['react-dom', 'react-aria', 'discord.js', '@fontsource-variable/source-sans-3'])
    expect(names).toContain(name);
  for (const name of ['vitest', 'electron-builder', 'typescript', 'playwright-core'])
    expect(names).not.toContain(name);
  expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
  const known = licences.filter(([, , licence]) => licence !== 'see the package');
  expect(known.length / licences.length).toBeGreaterThan(0.95);
});
