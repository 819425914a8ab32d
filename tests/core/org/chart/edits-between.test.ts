/** Edits lead from any chart to any other: drawn at random, written as a file, read back, and gone back from. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CoordError } from '../../../../src/core/error.ts';
import { chartFromFile } from '../../../../src/core/org/chart/chart-from-file.ts';
import { companyFileOf } from '../../../../src/core/org/chart/company-file-of.ts';
import { editsBetween } from '../../../../src/core/org/chart/edits-between.ts';
import type { OrgChart } from '../../../../src/core/org/chart/org-chart.ts';
import { chartOf } from '../../../../src/core/org/chart/org-chart.ts';
import { orgOnly, tryEdits } from '../../../../src/core/org/chart/try-edits.ts';
import type { CompanyFileInput } from '../../../../src/core/org/company-file.ts';
import { companyFileSchema } from '../../../../src/core/org/company-file.ts';
import { host, World } from '../../kit.ts';

const names = ['ada', 'bob', 'cid', 'dot', 'eve', 'fay'];
const roles = ['pm', 'em', 'engineer', 'qa_eng', 'scout'];

const memberOf = (name: string) =>
  fc.record(
    {
      name: fc.constant(name),
      role: fc.constantFrom(...roles),
      kind: fc.constantFrom('agent' as const, 'human' as const),
      tags: fc.subarray(['a', 'b']),
      max_concurrent: fc.integer({ min: 1, max: 3 }),
      runner: fc.constantFrom('script', { name: 'command', command: 'make' }),
      launcher: fc.constantFrom('docker' as const, 'railway' as const),
      budget: fc.record({ money: fc.constantFrom(1, 2.5) }),
    },
    { requiredKeys: ['name', 'role'] },
  );

/** Who is where, drawn for each name: a department and a team of it, or nowhere. */
const fileArbitrary: fc.Arbitrary<CompanyFileInput> = fc
  .record({
    name: fc.constantFrom('Acme', 'Apex'),
    members: fc.tuple(...names.map((name) => fc.option(memberOf(name), { nil: null }))),
    places: fc.tuple(...names.map(() => fc.tuple(fc.nat({ max: 1 }), fc.nat({ max: 2 })))),
    leads: fc.boolean(),
    policy: fc.constantFrom({}, { lease: '90s', max_attempts: 5 }),
    capabilities: fc.subarray(['look', 'find']),
  })
  .map(({ name, members, places, leads, policy, capabilities }) => ({
    name,
    policy,
    departments: ['engineering', 'qa'].map((department, d) => {
      const teams = ['x', 'y', 'z'].map((team, t) => {
        const inTeam = members.filter((member, n) => member && places[n]?.[0] === d && places[n]?.[1] === t);
        const present = inTeam.flatMap((member) => member ?? []);
        const [first] = present;
        return { name: team, members: present, ...(leads && first && { lead: first.name }) };
      });
      const head = teams.flatMap((team) => team.members).at(-1);
      return { name: department, teams, ...(leads && head && { head: head.name }) };
    }),
    roles: [{ id: 'scout', title: 'Scout', department: 'qa', inherits: ['qa_eng'], capabilities }],
  }));

function found(file: CompanyFileInput): World {
  const world = new World();
  world.do(host, { type: 'company.create', file, workflows: [] });
  return world;
}

/** Without ids, which differ between two companies. */
const asFile = (chart: OrgChart) => {
  const file = companyFileOf(chart, { template: 'custom', version: 1 });
  const sorted = file.departments?.map(({ teams, ...department }) => ({
    ...department,
    teams: teams
      ?.map((team) => ({
        ...team,
        members: [...(team.members ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1)),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  }));
  return { ...file, departments: sorted?.sort((a, b) => (a.name < b.name ? -1 : 1)) };
};

it('leads from the company to what any file asks for, and back', () => {
  fc.assert(
    fc.property(fileArbitrary, fileArbitrary, (first, second) => {
      const world = found(first);
      const owner = world.member('owner').id;
      const before = chartOf(world.state);
      const wanted = chartFromFile(companyFileSchema.parse(second), before);
      const trial = orgOnly(world.state);
      const there = editsBetween(before, wanted);
      if (there.length > 0) tryEdits(trial, there, owner, world.now);
      expect(asFile(chartOf(trial))).toEqual(asFile(chartOf(found(second).state)));

      const back = editsBetween(chartOf(trial), before);
      const twin = orgOnly(trial);
      if (back.length > 0) tryEdits(twin, back, owner, world.now);
      expect(asFile(chartOf(twin))).toEqual(asFile(before));
    }),
    { numRuns: 150 },
  );
});

it('asks for nothing when nothing differs', () => {
  const world = found({
    name: 'Acme',
    departments: [{ name: 'qa', teams: [{ name: 't', members: [{ name: 'a', role: 'pm' }] }] }],
  });
  const chart = chartOf(world.state);
  const file = companyFileSchema.parse(companyFileOf(chart, { template: 'custom', version: 1 }));
  expect(editsBetween(chart, chartFromFile(file, chart))).toEqual([]);
});

it('renames the one who stands in the same place, and swaps names', () => {
  const members = [
    { name: 'a', role: 'pm' },
    { name: 'b', role: 'em' },
  ];
  const file = (named: typeof members) => ({
    name: 'Acme',
    departments: [{ name: 'qa', teams: [{ name: 't', members: named }] }],
  });
  const world = found(file(members));
  const chart = chartOf(world.state);
  const renamed = chartFromFile(
    companyFileSchema.parse(
      file([
        { name: 'zoe', role: 'pm' },
        { name: 'b', role: 'em' },
      ]),
    ),
    chart,
  );
  expect(editsBetween(chart, renamed)).toEqual([
    { type: 'member.change', memberId: world.member('a').id, member: { name: 'zoe' } },
  ]);

  const swapped: OrgChart = {
    ...chart,
    members: chart.members.map((row) =>
      row.name === 'a' ? { ...row, name: 'b' } : row.name === 'b' ? { ...row, name: 'a' } : row,
    ),
  };
  const trial = orgOnly(world.state);
  tryEdits(trial, editsBetween(chart, swapped), world.member('owner').id, world.now);
  expect(trial.members.get(world.member('a').id)?.name).toBe('b');
  expect(trial.members.get(world.member('b').id)?.name).toBe('a');
});

it('tries on a state of its own, and says which edit is refused', () => {
  const world = found({ name: 'Acme', departments: [] });
  const owner = world.member('owner').id;
  const trial = orgOnly(world.state);
  const attempt = () =>
    tryEdits(
      trial,
      [
        { type: 'department.add', name: 'a' },
        { type: 'member.remove', memberId: owner },
      ],
      owner,
      world.now,
    );
  expect(attempt).toThrow(CoordError);
  expect(trial.departments.size).toBe(0);
  expect(world.state.departments.size).toBe(0);
});
