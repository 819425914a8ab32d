/** A chart from the text of a company file, and the text again: loaded only when somebody wants to see YAML. */

import type { CoordError } from '../../../core/error.ts';
import { chartFromFile } from '../../../core/org/chart/chart-from-file.ts';
import { companyFileOf } from '../../../core/org/chart/company-file-of.ts';
import { editsBetween } from '../../../core/org/chart/edits-between.ts';
import type { OrgChart } from '../../../core/org/chart/org-chart.ts';
import type { CompanyFile } from '../../../core/org/company-file.ts';
import type { OrgEditInput } from '../../../core/org/org-commands.ts';
import type { WorkflowFile } from '../../../core/workflow/workflow-file.ts';
import { newCompanyText, writeCompanyText } from '../../../template/company-text.ts';
import { readCompanyFile } from '../../../template/read-company-file.ts';
import { YamlSource } from '../../../template/yaml-source.ts';
import type { TextFinding } from '../../canvas/text-pane.tsx';
import { placeOfRefusal } from './place-of-refusal.ts';
import { strings } from './strings.ts';

export type ReadChart =
  | {
      readonly ok: true;
      readonly file: CompanyFile;
      /** What leads from the chart that there is to the one in the text. */
      readonly edits: readonly OrgEditInput[];
      /** Why the company does not take that, at its place in the text. */
      readonly findingOf: (refusal: CoordError) => TextFinding;
    }
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
  const wanted = chartFromFile({ ...file, workflows }, chart);
  const edits = editsBetween(chart, wanted);
  const findingOf = (refusal: CoordError): TextFinding => ({
    ...new YamlSource(text).position(placeOfRefusal(refusal, { file, wanted, chart, edits }), 'key'),
    message: refusal.message,
    fix: strings.yamlRefused,
  });
  return { ok: true, file, edits, findingOf };
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
