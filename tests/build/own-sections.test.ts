/** Several scripts write one page, and none takes away what another wrote. */
import { expect, it } from 'vitest';
import { keepOwnSections, withOwnSection } from '../bench/own-sections.ts';

it('puts its part behind the rest, replaces it, and is kept when the rest is written anew', () => {
  const once = withOwnSection('# Page\n\nqueues\n', 'bench:ui', '## Screens\n\nfast');
  expect(once).toContain('queues\n\n<!--');
  const both = withOwnSection(once, 'bench:channels', '## Plugins\n\ncontained');
  const twice = withOwnSection(both, 'bench:ui', '## Screens\n\nfaster');
  expect(twice).not.toContain('fast\n');
  expect(twice.match(/## Screens/g)).toHaveLength(1);
  expect(twice.match(/## Plugins/g)).toHaveLength(1);
  const anew = keepOwnSections('# Page\n\nmore queues\n', twice);
  expect(anew).toContain('more queues');
  expect(anew).toContain('faster');
  expect(anew).toContain('contained');
  expect(keepOwnSections('# Page\n', '# Old\n')).toBe('# Page\n');
});
