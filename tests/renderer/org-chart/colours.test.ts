/** Which colour a card has: what is different has another one. */
import { expect, it } from 'vitest';
import { colourings, colourOf, hueAt } from '../../../src/renderer/features/org-chart/colours.ts';
import type { MemberFigures } from '../../../src/renderer/features/org-chart/member-figures.ts';

const rested: MemberFigures = {
  ...{ state: 'offline', hung: false, paused: false, leases: 0, maxConcurrent: 2, spent: 0 },
} as MemberFigures;
const of = (by: (typeof colourings)[number], figures: Partial<MemberFigures> | null, dearest = 100) =>
  colourOf(by, { figures: figures && { ...rested, ...figures }, department: 1, dearest });

it('is that of the department, whatever is done', () => {
  expect(of('department', { state: 'working' })).toBe(hueAt(1));
  expect(hueAt(0)).not.toBe(hueAt(1));
  expect(hueAt(6)).toBe(hueAt(0));
  expect(hueAt(-1)).not.toMatch(/hue/);
});

it.each([
  ['status', [{}, { state: 'working' }, { state: 'blocked' }, { hung: true, state: 'working' }]],
  ['load', [{}, { leases: 1 }, { leases: 2 }]],
  ['cost', [{}, { spent: 10 }, { spent: 50 }, { spent: 100 }]],
] as const)('tells %s apart', (by, cases) => {
  const colours = cases.map((figures) => of(by, figures as Partial<MemberFigures>));
  expect(new Set(colours).size).toBe(cases.length);
});

it.each(colourings.filter((by) => by !== 'department'))('by %s rests who is only drawn', (by) => {
  expect(of(by, null)).toBe(of(by, {}));
});

it('says of the paused what it says of the blocked, and of the ready what of those at work', () => {
  expect(of('status', { paused: true, state: 'available' })).toBe(of('status', { state: 'blocked' }));
  expect(of('status', { state: 'available' })).toBe(of('status', { state: 'working' }));
});

it('divides by nothing when nobody has spent anything', () => {
  expect(of('cost', {}, 0)).toBe(of('cost', {}));
});
