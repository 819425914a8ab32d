/** How the UI reads what machines wrote: durations, sizes, log lines, kinds of files. */
import { expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/units.ts';
import { artifactKind } from '../../src/renderer/company/artifact-kind.ts';
import { initials } from '../../src/renderer/company/member-avatar.tsx';
import { parseLogLine } from '../../src/renderer/features/workers/log-line.ts';
import { formatBytes, formatDuration, formatRelative } from '../../src/renderer/lib/format.ts';

it.each([
  [0, '0.0 s'],
  [430, '0.4 s'],
  [9_949, '9.9 s'],
  [9_960, '10 s'],
  [10_000, '10 s'],
  [61_000, '1 min 1 s'],
  [3_600_000, '1 h 0 min'],
  [180_000_000, '2 d 2 h'],
])('tells %i ms as %s', (ms, words) => expect(formatDuration(ms)).toBe(words));

it.each([
  [999, '999 B'],
  [1_344, '1.3 kB'],
  [2_500_000, '2.5 MB'],
])('tells %i bytes as %s', (bytes, words) => expect(formatBytes(bytes)).toBe(words));

it('counts back from now in the largest unit that fits', () => {
  const now = 10_000_000_000;
  const of = (ago: number) => formatRelative((now - ago) as EpochMs, now).replace(/\D/g, '');
  expect([of(5_000), of(125_000), of(7_300_000)]).toEqual(['5', '2', '2']);
});

it.each([
  ['report.md', '# Report', 'markdown'],
  ['design.SVG', '<svg/>', 'svg'],
  ['change.patch', '+1', 'diff'],
  ['notes', 'plain', 'text'],
  ['pretender.md', 'a\0b', 'binary'],
])('takes %s for what it is', (path, content, kind) =>
  expect(artifactKind(path, new TextEncoder().encode(content))).toBe(kind),
);

it('takes the time off a line of a log, and leaves others alone', () => {
  expect(parseLogLine('2026-11-22T13:11:03Z  ready: works for ada')).toEqual({
    at: Date.UTC(2026, 10, 22, 13, 11, 3),
    text: 'ready: works for ada',
  });
  expect(parseLogLine('    at somewhere (file.js:1)')).toEqual({
    at: null,
    text: '    at somewhere (file.js:1)',
  });
});

it.each([
  ['backend_em', 'be'],
  ['Ada Lovelace', 'AL'],
  ['vera', 've'],
])('shortens %s to %s', (name, short) => expect(initials(name)).toBe(short));
