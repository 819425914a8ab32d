/** A company is written into the text that people keep: nothing of theirs is lost, and what it says is what the company is. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFolder } from '../../build/project-folder.ts';
import { chartFromFile } from '../../src/core/org/chart/chart-from-file.ts';
import { companyFileOf } from '../../src/core/org/chart/company-file-of.ts';
import type { OrgChart } from '../../src/core/org/chart/org-chart.ts';
import { chartOf } from '../../src/core/org/chart/org-chart.ts';
import { newCompanyText, writeCompanyText } from '../../src/template/company-text.ts';
import { readCompanyFile } from '../../src/template/read-company-file.ts';
import { trialCompany } from '../../src/template/trial-company.ts';

const workflows = new Set(['feature', 'bug', 'launch', 'trading_strategy']);
const about = { template: 'custom', version: 1 };

/** The text as the company that it describes. */
function chartIn(text: string): OrgChart {
  const read = readCompanyFile(text, 'company.yaml', workflows);
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  const file = { ...read.file, workflows: [] };
  const chart = chartFromFile(file, chartOf(trialCompany({ file: { name: 'x' }, workflows: [] })));
  return {
    ...chart,
    workflows: read.file.workflows.map((id) => ({ id, version: 1, priority: 'NORMAL', steps: [] })) as never,
  };
}

const text = `# Who we are
name: Acme # ours
template: custom
version: 1
policy: { lease: 60s, max_attempts: 4 }

departments:
  # Those who build
  - name: engineering
    head: ada
    teams:
      - name: web
        lead: ada
        members:
          - { name: ada, role: em, kind: agent } # leads by example
          # Knows every corner
          - { name: bob, role: engineer, tags: [old, wise] }
      - name: api
        members: []
workflows:
  - bug
channels: [dashboard]
`;

const write = (change: (chart: OrgChart) => OrgChart) =>
  writeCompanyText(text, companyFileOf(change(chartIn(text)), about));

describe('a text', () => {
  it('stays as it is when nothing has changed', () => {
    expect(write((chart) => chart)).toBe(text);
  });

  it('keeps each comment with the member who moves', () => {
    const moved = write((chart) => ({
      ...chart,
      members: chart.members.map((member) =>
        member.name === 'bob' ? { ...member, teamId: chart.teams[1]?.id ?? null, maxConcurrent: 2 } : member,
      ),
    }));
    expect(moved).toBe(
      text
        .replace(
          '          # Knows every corner\n          - { name: bob, role: engineer, tags: [old, wise] }\n',
          '',
        )
        .replace(
          '        members: []\n',
          '        members:\n          # Knows every corner\n          - { name: bob, role: engineer, tags: [old, wise], max_concurrent: 2 }\n',
        ),
    );
  });

  it('keeps what stands above the first of a list with that one, too', () => {
    const first = text.replace('          - { name: ada', '          # The founder\n          - { name: ada');
    const chart = chartIn(first);
    const members = chart.members.map((row) =>
      row.name === 'ada'
        ? { ...row, teamId: chart.teams.find(({ name }) => name === 'api')?.id ?? null }
        : row,
    );
    const moved = writeCompanyText(first, companyFileOf({ ...chart, members }, about));
    expect(moved).toContain('# The founder\n          - { name: ada');
    expect(moved.split('name: api')[1]).toContain('# The founder');
  });

  it('renames in place, adds in the style of its neighbours, and lets go what has left', () => {
    const changed = write((chart) => {
      const [owner, ada, bob] = chart.members;
      if (!owner || !ada || !bob) throw new Error('the text has three');
      return {
        ...chart,
        name: 'Apex',
        members: [owner, { ...ada, name: 'adele' }, { ...bob, id: 'new_1' as never, name: 'cleo', tags: [] }],
        departments: chart.departments.map((row) => ({ ...row, name: 'making' })),
      };
    });
    expect(changed).toContain('name: Apex # ours');
    expect(changed).toContain('# Those who build\n  - name: making\n    head: adele');
    expect(changed).toContain('- { name: adele, role: em, kind: agent } # leads by example');
    expect(changed).toContain('{ name: cleo, role: engineer }');
    expect(changed).toContain('channels: [dashboard]');
    expect(changed).not.toContain('bob');
  });

  it('is replaced when it is no YAML', () => {
    const file = companyFileOf(chartIn(text), about);
    expect(writeCompanyText('a: [', file)).toBe(newCompanyText(file));
  });
});

const folder = path.join(projectFolder, 'templates', 'companies');
it.each(await readdir(folder))('says of %s what the template says, anew and in place', async (name) => {
  const source = await readFile(path.join(folder, name), 'utf8');
  const chart = chartIn(source);
  const read = readCompanyFile(source, name, workflows);
  if (!read.ok) throw new Error('a template is sound');
  const file = companyFileOf(chart, read.file);
  const plain = (value: OrgChart) => JSON.parse(JSON.stringify(value).replaceAll(/new_file_\w+/g, ''));
  expect(plain(chartIn(newCompanyText(file)))).toEqual(plain(chart));
  const again = writeCompanyText(source, file);
  expect(plain(chartIn(again))).toEqual(plain(chart));
  const comments = (of: string) => of.split('\n').filter((line) => line.trim().startsWith('#'));
  expect(comments(again)).toEqual(comments(source));
});
