/** The company of a review: a lead, and a reviewer for each speciality. */
import { findingsPath, reportPath, specialities, summaryPath } from '../../contract/review-report.ts';
import type { CompanyFileInput } from '../../contract/templates.ts';

const department = 'review';

/** @param model with its provider; null: rules do it */
export function reviewCompany(
  model: { readonly provider?: string; readonly model: string } | null,
): CompanyFileInput {
  const runner = (speciality: string | null) =>
    model
      ? { name: 'llm', ...model, read_only: true }
      : { name: 'rules', ...(speciality !== null && { speciality }) };
  return {
    name: 'Review',
    // Each review is for its own reviewer, however long a busy machine takes to start them: another would look for something else.
    policy: { retry_base: '1s', call_wait: '10m' },
    roles: [
      { id: 'cto', title: 'Chief Technology Officer', department, capabilities: ['assign_tasks'] },
      ...specialities.map(({ id, title }) => ({
        id: `${id}_reviewer`,
        title: `${title} Reviewer`,
        department,
      })),
    ],
    departments: [
      {
        name: department,
        teams: [
          {
            name: 'reviewers',
            lead: 'cto',
            members: [
              { name: 'cto', role: 'cto', runner: runner(null) },
              ...specialities.map(({ id }) => ({ name: id, role: `${id}_reviewer`, runner: runner(id) })),
            ],
          },
        ],
      },
    ],
  };
}

/** What the lead is asked for, in words that a model can follow. */
export const leadsTask = [
  'Review the code base in the workspace. Make six parts of this task with create_parts, one for each of your people, all at the same time, and wait for them:',
  ...specialities.map(({ id, title, looksFor }) => `- to ${id}: “${title} review”, for ${looksFor}.`),
  `Tell each of them to hand in two documents with finish: ${reportPath} for people, and ${findingsPath}, a JSON array of {"severity": "high" | "medium" | "low", "file", "line", "title", "detail"}, where file and line (from 1) are where it stands in the workspace. Only what they have seen there.`,
  `When the parts are over, hand in ${summaryPath}: what matters most, over all reviews, each with its file:line. Ask nobody; nobody is there to answer.`,
].join('\n');
