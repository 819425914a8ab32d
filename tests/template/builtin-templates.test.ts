import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandSchema } from '../../src/core/command.ts';
import { findingText } from '../../src/core/workflow/finding.ts';
import { loadTemplates } from '../../src/template/builtin-templates.ts';
import { companyDraftReader } from '../../src/template/company-draft.ts';
import { lintWorkflows, trialCompany } from '../../src/template/trial-company.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = join(import.meta.dirname, '../../templates');
const templates = await loadTemplates(folder);
const draft = companyDraftReader(templates);

async function lint(template: string) {
  const reports = lintWorkflows(trialCompany(await draft({ template })));
  return Object.fromEntries(reports.map(({ workflow, findings }) => [workflow, findings.map(findingText)]));
}

/** What the documentation promises of each workflow: step, role, dependencies; gates at it. */
const promised = {
  feature: {
    priority: 'NORMAL',
    steps: ['1 pm', '2 designer 1', '3 engineer 2', '4 qa_eng 3', '5 pm 4', '6 growth 5'],
    gates: [
      '1 design_kickoff after em',
      '2 design_review after pm',
      '3 code_review after em',
      '4 qa_signoff after qa_lead',
      '5 production_release after em+qa_lead+pm human self',
    ],
  },
  bug: {
    priority: 'URGENT',
    steps: ['1 qa_eng', '2 engineer 1', '3 qa_eng 2'],
    gates: ['1 triage after em', '2 code_review after em', '3 qa_verification after qa_lead'],
  },
  launch: {
    priority: 'HIGH',
    steps: ['1 pm', '2 growth 1', '3 engineer 1', '5 support_lead 1', '4 qa_eng 2,3,5', '6 growth 4'],
    gates: [
      '1 launch_plan_review after vp_marketing+em',
      '6 readiness_check before pm+qa_lead+support_lead human',
    ],
  },
  trading_strategy: {
    priority: 'HIGH',
    steps: [
      '1 pm',
      '2 designer 1',
      '3 engineer 2',
      '4 engineer 3',
      '5 qa_eng 4',
      '6 qa_lead 5',
      '7 pm 6',
      '8 sre 7',
    ],
    gates: [
      '2 strategy_config_schema after designer+em self',
      '6 backtest_validation after qa_lead self',
      '7 production_trading_deploy after pm+qa_lead+em human self',
    ],
  },
};

describe('the built-in workflows', () => {
  it('are exactly these', () => {
    expect([...templates.workflows.keys()]).toEqual(Object.keys(promised).sort());
  });

  it.each(Object.entries(promised))('%s has the steps and gates of the product', (name, expected) => {
    const file = templates.workflows.get(name)?.file;
    expect(file?.name).toBe(name);
    expect(file?.priority).toBe(expected.priority);
    const steps = file?.steps.map(({ id, role, depends_on }) => `${id} ${role} ${depends_on.join()}`.trim());
    expect(steps).toEqual(expected.steps);
    const gates = file?.steps.flatMap(({ id, gates: ofStep }) =>
      ofStep.map((gate) => {
        expect(gate).toMatchObject({ distinct: true });
        expect(gate.timeout).toBeUndefined();
        expect(Object.values(gate.requires).every((count) => count === 1)).toBe(true);
        const marks = [gate.human_required ? 'human' : '', gate.self_approval === 'allowed' ? 'self' : ''];
        const words = [id, gate.name, gate.position, Object.keys(gate.requires).join('+'), ...marks];
        return words.filter((word) => word !== '').join(' ');
      }),
    );
    expect(gates).toEqual(expected.gates);
  });
});

describe('the built-in companies', () => {
  it('are exactly these, each named for its template', () => {
    expect([...templates.companies.keys()]).toEqual(['custom', 'janus_dev', 'scaleup', 'startup']);
    for (const [name, { file }] of templates.companies) expect(file.template).toBe(name);
  });

  it('janus_dev has the nine agents of the product', () => {
    const file = templates.companies.get('janus_dev')?.file;
    const members = file?.departments.flatMap(({ name, teams }) =>
      teams.flatMap((team) =>
        team.members.map((member) => {
          expect(member.kind).toBe('agent');
          return `${name}/${team.name} ${member.role} ${member.name}${team.lead === member.name ? ' lead' : ''}`;
        }),
      ),
    );
    expect(members).toEqual([
      'product/strategy pm strategy_pm',
      'product/strategy designer config_designer',
      'engineering/backend em backend_em lead',
      'engineering/backend senior_eng filters_eng',
      'engineering/backend engineer pricing_eng',
      'engineering/infrastructure sre devops_lead lead',
      'engineering/infrastructure sre telegram_eng',
      'qa/testing qa_lead qa_lead lead',
      'qa/testing qa_eng backtest_eng',
    ]);
  });

  it('scaleup has all five departments with heads, and finishes every workflow without a note', async () => {
    const file = templates.companies.get('scaleup')?.file;
    expect(file?.departments.map(({ name }) => name)).toEqual([
      'product',
      'engineering',
      'qa',
      'marketing',
      'support',
    ]);
    expect(file?.departments.every(({ head }) => head !== undefined)).toBe(true);
    expect(await lint('scaleup')).toEqual({ bug: [], feature: [], launch: [], trading_strategy: [] });
  });

  it('janus_dev finishes its trading strategies and bugs', async () => {
    expect(await lint('janus_dev')).toMatchObject({ trading_strategy: [], bug: [] });
  });

  it('startup finishes features and bugs, and says why it can do no more', async () => {
    expect(await lint('startup')).toEqual({
      feature: [],
      bug: [],
      launch: [
        'Only the owner can sign gate launch_plan_review as vp_marketing, by override - add a member with the role vp_marketing',
        'Nobody can take step 5 (Prepare support documentation): no member is support_lead, or has a role that inherits it - add a member with the role support_lead',
        'Only the owner can sign gate readiness_check as support_lead, by override - add a member with the role support_lead',
        'Gate readiness_check could not be opened if the work is done by quinn: so it is not given to them',
      ],
      trading_strategy: [
        'Nobody can take step 8 (Deploy to Telegram bot): no member is sre, or has a role that inherits it - add a member with the role sre',
      ],
    });
  });

  it('custom is empty', async () => {
    const state = trialCompany(await draft({ template: 'custom' }));
    expect([state.departments.size, state.workflows.size, state.members.size]).toEqual([0, 0, 1]);
  });
});

describe('a company draft', () => {
  it.each([...templates.companies.keys()])('of %s is a command that is taken', async (template) => {
    const command = commandSchema.safeParse({ type: 'company.create', ...(await draft({ template })) });
    expect(command.error).toBeUndefined();
  });

  it('brings the built-in workflows that a file lists, and leaves those it writes out', async () => {
    const own = { name: 'own', steps: [{ id: 1, title: 'S', role: 'pm' }] };
    const made = await draft({ file: { name: 'X', workflows: ['bug', own] } });
    expect(made.workflows.map(({ name }) => name)).toEqual(['bug']);
    expect(trialCompany(made).workflows.size).toBe(2);
  });

  it.each([
    ['template', { template: 'startupp' }, 'did you mean `startup`?'],
    ['workflow', { file: { name: 'X', workflows: ['featur'] } }, 'did you mean `feature`?'],
  ])('refuses an unknown %s', async (_what, source, reason) => {
    await expect(draft(source)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining(reason),
    });
  });
});

it('refuses a folder with a damaged template, naming the place', async () => {
  const copy = await temporaryFolder();
  await cp(folder, copy, { recursive: true });
  const path = join(copy, 'companies', 'startup.yaml');
  await writeFile(path, (await readFile(path, 'utf8')).replace('role: em }', 'role: emm }'));
  await expect(loadTemplates(copy)).rejects.toMatchObject({
    code: 'FILE_INVALID',
    message: expect.stringMatching(/startup\.yaml:\d+:\d+: there is no role `emm` - did you mean `em`\?$/),
  });
});
