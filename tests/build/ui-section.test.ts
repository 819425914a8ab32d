/** Two scripts write one page, and neither takes away what the other wrote. */
import { expect, it } from 'vitest';
import { keepUiSection, withUiSection } from '../bench/ui-section.ts';

it('puts its part behind the rest, replaces it, and is kept when the rest is written anew', () => {
  const once = withUiSection('# Page\n\nqueues\n', '## Screens\n\nfast');
  expect(once).toContain('queues\n\n<!--');
  const twice = withUiSection(once, '## Screens\n\nfaster');
  expect(twice).not.toContain('fast\n');
  expect(twice.match(/## Screens/g)).toHaveLength(1);
  const anew = keepUiSection('# Page\n\nmore queues\n', twice);
  expect(anew).toContain('more queues');
  expect(anew).toContain('faster');
  expect(keepUiSection('# Page\n', '# Old\n')).toBe('# Page\n');
});
