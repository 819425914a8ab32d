import { describe, expect, it } from 'vitest';
import { missingPackages, missingPackagesMessage, pickAvailable } from '../../build/debian.ts';

const installed = [
  'installed libnss3 ',
  'installed libgtk-3-0t64 libgtk-3-0 (= 3.24.49-3), gtk3-binver-3.0.0',
  'installed libasound2 libasound2-dev:amd64',
  'config-files xvfb ',
  'not-installed unzip ',
  '',
].join('\n');

describe('missingPackages', () => {
  it.each([
    ['an installed package', 'libnss3', false],
    ['a name that an installed package provides', 'libgtk-3-0', false],
    ['a provided name with an architecture', 'libasound2-dev', false],
    ['the old name where only that is installed', 'libasound2t64 | libasound2', false],
    ['the new name where only that is installed', 'libgtk-3-0t64 | libgtk-3-0', false],
    ['a removed package whose settings stayed', 'xvfb', true],
    ['a package known but not installed', 'unzip', true],
    ['a package never heard of', 'chromium', true],
    ['a name that only begins like an installed one', 'libnss', true],
  ])('%s', (_rule, name, isMissing) => {
    expect(missingPackages([name], installed)).toEqual(isMissing ? [name] : []);
  });
});

describe('pickAvailable', () => {
  const policy = [
    'libasound2t64:',
    '  Installed: (none)',
    '  Candidate: 1.2.11-1',
    '  Version table:',
    '     1.2.11-1 500',
    'libasound2:',
    '  Installed: (none)',
    '  Candidate: (none)',
    'libgbm1:',
    '  Installed: (none)',
    '  Candidate: 22.3.6-1',
  ].join('\n');

  it.each([
    ['the alternative that can be installed', 'libasound2 | libasound2t64', 'libasound2t64'],
    ['the first of several', 'libgbm1 | libasound2t64', 'libgbm1'],
    ['the last when apt knows none', 'newer | older', 'older'],
    ['a plain name as it is', 'unheard-of', 'unheard-of'],
  ])('takes %s', (_rule, name, expected) => {
    expect(pickAvailable(policy)(name)).toBe(expected);
  });
});

it('names one command that installs everything', () => {
  expect(missingPackagesMessage(['chromium', 'xvfb'])).toContain(
    "\n  sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends chromium xvfb'",
  );
});
