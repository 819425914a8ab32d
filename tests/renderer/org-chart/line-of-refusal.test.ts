/** Where in a company file a refusal is shown that only the company could give. */
import { expect, it } from 'vitest';
import { CoordError } from '../../../src/core/error.ts';
import { chartOf } from '../../../src/core/org/chart/org-chart.ts';
import { lineOfRefusal } from '../../../src/renderer/features/org-chart/line-of-refusal.ts';
import { companyOf } from '../../core/company.ts';

const text = `# name: ada is at work
name: Acme
roles:
  - { id: guard, title: Guard }
departments:
  - name: engineering
    teams:
      - name: core
        members:
          - { name: adam, role: pm }
          - { name: "ada", role: guard }
`;

const company = companyOf({ ada: 'engineer', eve: 'engineer' });
const chart = chartOf(company.state);
const ada = company.member('ada');
const itsTeam = chart.teams.find(({ id }) => id === ada.teamId)?.name ?? '';
const itsDepartment = chart.departments[0]?.name ?? '';

it.each([
  ['who is in the text', text, { memberId: ada.id }, 11],
  ['whose role is in the text', text, { roleId: 'guard' }, 4],
  ['a name that is taken', text, { name: 'adam' }, 10],
  [
    'the team of whom the text leaves out',
    text.replace('"ada"', 'bo').replace('name: core', `name: ${itsTeam}`),
    { memberId: ada.id },
    8,
  ],
  [
    'the department of whom the text leaves out with the team',
    text.replace('"ada"', 'bo').replace('name: engineering', `name: '${itsDepartment}'`),
    { memberId: ada.id },
    6,
  ],
  ['nobody: the first', text, {}, 1],
])('is the line of %s', (_what, yaml, details, line) => {
  expect(lineOfRefusal(yaml, chart, new CoordError('IN_USE', 'no', details))).toBe(line);
});
