/** Which of its workflows a new company can finish, and what to do next. */

import type { CompanySource } from '../contract/templates.ts';
import { templatesFolder } from '../serve/installation.ts';
import { loadTemplates } from '../template/builtin-templates.ts';
import { companyDraftReader } from '../template/company-draft.ts';
import { lintWorkflows, trialCompany } from '../template/trial-company.ts';
import { calledAs } from './called-as.ts';

export interface WorkflowDocument {
  readonly name: string;
  readonly finishable: boolean;
  /** Why not, with the best repair of each reason. */
  readonly reasons: readonly string[];
}

/** In the order of the names. */
export async function finishableWorkflows(source: CompanySource): Promise<WorkflowDocument[]> {
  const draft = await companyDraftReader(await loadTemplates(templatesFolder))(source);
  const reports = lintWorkflows(trialCompany(draft));
  return reports.map(({ workflow, finishable, findings }) => ({
    name: workflow,
    finishable,
    reasons: findings
      .filter(({ severity }) => severity === 'error')
      .map(({ message, repairs }) => `${message}${repairs[0] ? ` - ${repairs[0].text}` : ''}`),
  }));
}

/**
 * The hint names a workflow that really runs here.
 * @param company the options by which the company is found: empty, or ` --company Acme`
 * @param serve what starts a host; null: one runs
 */
export function nextSteps(
  workflows: readonly WorkflowDocument[],
  company: string,
  serve: string | null,
): string[] {
  const stuck = workflows
    .filter(({ finishable }) => !finishable)
    .flatMap(({ name, reasons }) => [
      `It can't finish the workflow ${name}:`,
      ...reasons.map((each) => `  ${each}`),
    ]);
  const able = workflows.filter(({ finishable }) => finishable).map(({ name }) => name);
  const first = able.includes('feature') ? 'feature' : able[0];
  const next =
    first === undefined
      ? 'Next: no workflow can be finished here yet. Add members and `workflows:` to a company file and init it under another --name, or add them in the app (agentcoord serve)'
      : `Next: ${calledAs()} epic create --workflow ${first} --title "…"${company}${serve === null ? '' : `, then ${serve}`}`;
  return [...stuck, next];
}
