/** Where in the text of a company a refusal is shown that only the company could give: at the line of what it is about. */
import { expect, it } from 'vitest';
import { readChart } from '../../../src/renderer/features/org-chart/company-yaml.ts';
import { draw, refusalToDraw } from '../../../src/renderer/features/org-chart/draft.ts';
import { company } from '../../core/companies.ts';

/** A department and a member of one name, a role of its own, and a workflow that needs what only that role has. */
const world = company({
  staff: { ann: [{ name: 'ann', role: 'engineer' }], crew: [{ name: 'bob', role: 'guard' }] },
  roles: [
    { id: 'scout', title: 'Scout', department: 'crew' },
    { id: 'guard', title: 'Guard', department: 'crew', capabilities: ['keep_watch'] },
  ],
  workflows: [
    {
      name: 'watch',
      steps: [
        {
          ...{ id: 'look', title: 'Look', role: 'guard', requires_capabilities: ['keep_watch'] },
          gates: [{ name: 'seen', position: 'after', requires: { scout: 1 } }],
        },
      ],
    },
  ],
});
world.online('ann');
const drawn = draw(world.state, [], world.member('owner').id, world.now);
const good = `# Who is who
name: Test company
roles:
  - { id: scout, title: Scout, department: crew }
  - { id: guard, title: Guard, department: crew, capabilities: [keep_watch] }
departments:
  - name: ann
    teams:
      - name: ann team
        members:
          - { name: ann, role: engineer }
  - name: crew
    teams:
      - name: crew team
        members:
          - { name: bob, role: guard }
workflows: [watch]
`;

function refusedAt(text: string, who = 'owner'): { line: string; message: string } {
  const read = readChart(text, drawn.chart, new Map());
  if (!read.ok) throw new Error(`the file alone is wrong: ${read.findings[0]?.message}`);
  const refusal = refusalToDraw(world.state, drawn, read.edits, world.member(who).id, world.now);
  if (!refusal) throw new Error('nothing was refused');
  const { line, message } = read.findingOf(refusal);
  return { line: text.split('\n')[line - 1]?.trim() ?? '', message };
}

it('is of a text that says what the company is', () => {
  expect(readChart(good, drawn.chart, new Map())).toMatchObject({ ok: true, edits: [] });
});

it.each([
  ['whoever changes', ['name: ann, role: engineer', '$&, kind: human'], '- { name: ann, role: engineer,'],
  ['the team of whoever goes', ['name: ann, role: engineer', 'name: eve, role: pm'], '- name: ann team'],
  [
    'the department of whose team goes, too',
    [/name: ann team\n.*\n.*\n/, 'name: new\n        members: [{ name: eve, role: pm }]\n'],
    '- name: ann',
  ],
  ['the departments when all of that goes', [/ {2}- name: ann\n(.*\n){4}/, ''], 'departments:'],
  ['the role that loses what a step needs', ['keep_watch', 'sleep'], '- { id: guard,'],
  ['the roles when one goes that is needed', [/^.*id: scout.*\n/m, ''], 'roles:'],
] as const)('stands at %s', (_what, [from, to], line) => {
  const text = good.replace(from, to);
  expect(text).not.toBe(good);
  expect(refusedAt(text).line).toMatch(new RegExp(`^${line}`));
});

it('stands at what is to change when it is about whoever asks', () => {
  const text = good.replace('role: guard', 'role: scout');
  const { line, message } = refusedAt(text, 'bob');
  expect(message).toContain('bob may not');
  expect(line).toMatch(/^- { name: bob/);
});
