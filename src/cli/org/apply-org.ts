/** Makes the company what a company file says, after trying it: what changes, and what that does to what runs. */
import type { BlastRadius } from '../../core/org/chart/blast-radius.ts';
import { blastRadius } from '../../core/org/chart/blast-radius.ts';
import { chartFromFile } from '../../core/org/chart/chart-from-file.ts';
import { editsBetween } from '../../core/org/chart/edits-between.ts';
import type { OrgChart } from '../../core/org/chart/org-chart.ts';
import { chartOf } from '../../core/org/chart/org-chart.ts';
import { tryEdits } from '../../core/org/chart/try-edits.ts';
import type { EpochMs } from '../../core/units.ts';
import { templatesFolder } from '../../serve/installation.ts';
import { loadTemplates } from '../../template/builtin-templates.ts';
import { fileInvalid } from '../../template/finding.ts';
import { readCompanyFile } from '../../template/read-company-file.ts';
import { withCompany } from '../company-session.ts';
import { readText } from '../files/read-input.ts';
import type { GlobalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { readState } from '../read-state.ts';
import { blastText } from './blast-text.ts';
import { editText } from './edit-text.ts';

/** @throws CoordError `NOT_FOUND`; `FILE_INVALID` - every finding, with line and column; as `org.change` */
export async function applyOrg(file: string, dryRun: boolean, options: GlobalOptions): Promise<void> {
  const output = openOutput(options.json);
  const text = await readText(file);
  await withCompany(options, async ({ coordination, hello }) => {
    const state = await readState(coordination);
    const chart = chartOf(state);
    const edits = editsBetween(chart, await wantedChart(text, file === '-' ? 'stdin' : file, chart));
    const by = hello.memberId;
    let radius: BlastRadius | null = null;
    if (edits.length > 0 && by !== null) {
      const after = await readState(coordination);
      radius = blastRadius(state, after, tryEdits(after, edits, by, Date.now() as EpochMs));
    }
    const applied = edits.length > 0 && !dryRun;
    if (applied) await coordination.command({ type: 'org.change', edits });
    output.answer({ applied, edits, radius }, () => {
      if (edits.length === 0) return 'The company is so already.';
      const said = applied ? 'Done:' : 'It would:';
      const lines = edits.map((edit) => `  ${editText(edit, state, edits)}`);
      return [said, ...lines, ...(radius ? ['', ...blastText(radius, output.style)] : [])].join('\n');
    });
  });
}

/** A workflow that only comes with the product joins the company's own. */
async function wantedChart(text: string, fileName: string, chart: OrgChart): Promise<OrgChart> {
  const { workflows: builtins } = await loadTemplates(templatesFolder);
  const own = chart.workflows.map(({ id }): string => id);
  const read = readCompanyFile(text, fileName, new Set([...own, ...builtins.keys()]));
  if (!read.ok) throw fileInvalid(read.findings);
  const workflows = read.file.workflows.map((entry) =>
    typeof entry === 'string' && !own.includes(entry) ? (builtins.get(entry)?.file ?? entry) : entry,
  );
  return chartFromFile({ ...read.file, workflows }, chart);
}
