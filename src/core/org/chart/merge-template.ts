/** What a new version of a template changes in a company that was changed since, and the edits that lead there. Pure. */
import type { CompanyFile } from '../company-file.ts';
import { companyFileSchema } from '../company-file.ts';
import type { OrgEditInput } from '../org-commands.ts';
import { chartFromFile } from './chart-from-file.ts';
import { companyFileOf } from './company-file-of.ts';
import { editsBetween } from './edits-between.ts';
import type { MergeConflict, MergeSide } from './merge-company-files.ts';
import { mergeCompanyFiles } from './merge-company-files.ts';
import type { OrgChart } from './org-chart.ts';

export interface TemplateMerge {
  readonly conflicts: readonly MergeConflict[];
  /** The company as it will be. */
  readonly merged: OrgChart;
  /** That lead there; none when nothing changes. */
  readonly changes: readonly OrgEditInput[];
  /** The changes, and that the company stands on that version then. */
  readonly edits: readonly OrgEditInput[];
}

/**
 * @param base the template as the company took it last
 * @param choices by `about` of a conflict; left out: ours
 */
export function mergeTemplate(
  chart: OrgChart,
  base: CompanyFile,
  theirs: CompanyFile,
  choices: ReadonlyMap<string, MergeSide>,
): TemplateMerge {
  const { template, version } = theirs;
  const ours = companyFileSchema.parse(companyFileOf(chart, { template, version }));
  // Which workflows there are, the workflow editor says.
  const { workflows } = ours;
  const { file, conflicts } = mergeCompanyFiles(
    { ...base, workflows },
    ours,
    { ...theirs, name: ours.name, workflows },
    choices,
  );
  const merged = chartFromFile(file, chart);
  const changes = editsBetween(chart, merged);
  const taken = companyFileOf(chartFromFile({ ...theirs, workflows }, chart), { template, version });
  return {
    conflicts,
    merged,
    changes,
    edits: [...changes, { type: 'company.merge_template', file: taken }],
  };
}
