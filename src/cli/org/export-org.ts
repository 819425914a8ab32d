/** Prints the structure of the company as a company file. */
import { companyFileOf } from '../../core/org/chart/company-file-of.ts';
import { chartOf } from '../../core/org/chart/org-chart.ts';
import { requireCompany } from '../../core/org/require-company.ts';
import { newCompanyText } from '../../template/company-text.ts';
import { withCompany } from '../company-session.ts';
import type { GlobalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { readState } from '../read-state.ts';

export async function exportOrg(options: GlobalOptions): Promise<void> {
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    const state = await readState(coordination);
    const yaml = newCompanyText(companyFileOf(chartOf(state), requireCompany(state)));
    output.answer({ yaml }, () => yaml);
  });
}
