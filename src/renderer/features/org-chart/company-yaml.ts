/** A chart from the text of a company file, and the text again: loaded only when somebody wants to see YAML. */
import { chartFromFile } from '../../../core/org/chart/chart-from-file.ts';
import { companyFileOf } from '../../../core/org/chart/company-file-of.ts';
import type { OrgChart } from '../../../core/org/chart/org-chart.ts';
import type { CompanyFile } from '../../../core/org/company-file.ts';
import type { WorkflowFile } from '../../../core/workflow/workflow-file.ts';
import { newCompanyText, writeCompanyText } from '../../../template/company-text.ts';
import { readCompanyFile } from '../../../template/read-company-file.ts';
import type { TextFinding } from '../../canvas/text-pane.tsx';

export type ReadChart =
  | { readonly ok: true; readonly chart: OrgChart; readonly file: CompanyFile }
  | { readonly ok: false; readonly findings: readonly TextFinding[] };

/** @param builtins workflows that a file may name although the company has not got them */
export function readChart(
  text: string,
  chart: OrgChart,
  builtins: ReadonlyMap<string, WorkflowFile>,
): ReadChart {
  const own = chart.workflows.map(({ id }): string => id);
  const read = readCompanyFile(text, 'company.yaml', new Set([...own, ...builtins.keys()]));
  if (!read.ok) return { ok: false, findings: read.findings };
  const { file } = read;
  const workflows = file.workflows.map((entry) =>
    typeof entry === 'string' && !own.includes(entry) ? (builtins.get(entry) ?? entry) : entry,
  );
  return { ok: true, chart: chartFromFile({ ...file, workflows }, chart), file };
}

export interface FileAbout {
  readonly template: string;
  readonly version: number;
}

/** @param source the text as it was before, whose comments and order stay; null: there is none */
export function writeChart(source: string | null, chart: OrgChart, about: FileAbout): string {
  const file = companyFileOf(chart, about);
  return source === null ? newCompanyText(file) : writeCompanyText(source, file);
}
