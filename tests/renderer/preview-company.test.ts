/** What a template is shown to give is what it gives. */
import { expect, it } from 'vitest';
import { previewCompany } from '../../src/renderer/features/onboarding/preview-company.ts';
import { loadTemplates } from '../../src/template/builtin-templates.ts';

it.each([
  ['scaleup', 21, ['feature', 'bug', 'launch', 'trading_strategy']],
  ['startup', 8, ['feature', 'bug']],
  ['janus_dev', 9, ['trading_strategy', 'bug']],
  ['custom', 0, []],
])('shows %s with %i agents', async (name, agents, runs) => {
  const loaded = await loadTemplates(new URL('../../templates', import.meta.url).pathname);
  const templates = {
    companies: [...loaded.companies.values()].map(({ raw }) => raw),
    workflows: [...loaded.workflows.values()].map(({ raw }) => raw),
  };
  const file = templates.companies.find(({ template }) => template === name);
  if (!file) throw new Error(`there is no template ${name}`);
  const preview = previewCompany(file, templates);
  expect(preview.memberCount).toBe(agents);
  expect(preview.departments.flatMap(({ members }) => members)).toHaveLength(agents);
  const runnable = preview.workflows
    .filter(({ report }) => report.finishable)
    .map(({ workflow }) => workflow.id);
  expect(new Set(runnable)).toEqual(new Set(runs));
});
