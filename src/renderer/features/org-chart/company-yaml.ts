/** A chart from the text of a company file, and the text again: loaded only when somebody wants to see YAML. */

import type { CoordError } from '../../../core/error.ts';
import type { RowSide } from '../../../core/merge-rows.ts';
import { chartFromFile } from '../../../core/org/chart/chart-from-file.ts';
import { companyFileOf } from '../../../core/org/chart/company-file-of.ts';
import { editsBetween } from '../../../core/org/chart/edits-between.ts';
import type { ChartConflict } from '../../../core/org/chart/merge-charts.ts';
import { mergeCharts } from '../../../core/org/chart/merge-charts.ts';
import type { OrgChart } from '../../../core/org/chart/org-chart.ts';
import { withIdsOf } from '../../../core/org/chart/rename-ids.ts';
import type { CompanyFile } from '../../../core/org/company-file.ts';
import type { OrgEditInput } from '../../../core/org/org-commands.ts';
import type { WorkflowFile } from '../../../core/workflow/workflow-file.ts';
import { newCompanyText, writeCompanyText } from '../../../template/company-text.ts';
import { readCompanyFile } from '../../../template/read-company-file.ts';
import { YamlSource } from '../../../template/yaml-source.ts';
import type { TextFinding } from '../../canvas/text-pane.tsx';
import { placeOfConflict, placeOfRefusal } from './place-of-refusal.ts';
import { strings } from './strings.ts';

export type ReadChart =
  | {
      readonly ok: true;
      readonly file: CompanyFile;
      /** What leads from the chart that there is now to the one with what the text changed. */
      readonly edits: readonly OrgEditInput[];
      /** Why the company does not take that, at its place in the text. */
      readonly findingOf: (refusal: CoordError) => TextFinding;
    }
  | {
      readonly ok: false;
      readonly findings: readonly TextFinding[];
      /** It can be read; but it changes what was changed on the chart meanwhile, too. */
      readonly isOvertaken?: true;
    };

/**
 * @param over the chart that the text was written over: what differs from it is what the text asks for
 * @param builtins workflows that a file may name although the company has not got them
 * @param now the chart as it has become since
 * @param side what holds where both changed the same; null: that is asked
 */
export function readChart(
  text: string,
  over: OrgChart,
  builtins: ReadonlyMap<string, WorkflowFile>,
  now = over,
  side: RowSide | null = null,
): ReadChart {
  const own = over.workflows.map(({ id }): string => id);
  const read = readCompanyFile(text, 'company.yaml', new Set([...own, ...builtins.keys()]));
  if (!read.ok) return { ok: false, findings: read.findings };
  const { file } = read;
  const workflows = file.workflows.map((entry) =>
    typeof entry === 'string' && !own.includes(entry) ? (builtins.get(entry) ?? entry) : entry,
  );
  const base = withIdsOf(now, over);
  const mine = chartFromFile({ ...file, workflows }, base, now);
  const { chart: wanted, conflicts } = mergeCharts(base, mine, now, side ?? 'mine');
  const source = new YamlSource(text);
  if (side === null && conflicts.length > 0) {
    const about = { file, wanted: mine, chart: base, edits: [] };
    const findings = conflicts.map(
      (conflict): TextFinding => ({
        ...source.position(placeOfConflict(conflict, about), 'key'),
        message: strings.yamlOvertaken(nameOf(conflict, [mine, now, base]), conflict.field),
        fix: strings.yamlOvertakenFix,
      }),
    );
    return { ok: false, findings, isOvertaken: true };
  }
  const edits = editsBetween(now, wanted);
  const findingOf = (refusal: CoordError): TextFinding => ({
    ...source.position(placeOfRefusal(refusal, { file, wanted, chart: now, edits }), 'key'),
    message: refusal.message,
    fix: strings.yamlRefused,
  });
  return { ok: true, file, edits, findingOf };
}

/** As the text calls it, or as it was called. */
function nameOf({ table, id }: ChartConflict, charts: readonly OrgChart[]): string | null {
  if (table === 'company') return null;
  if (table === 'roles' || table === 'workflows') return id;
  const rows = charts.flatMap(
    (chart): readonly { readonly id: string; readonly name: string }[] => chart[table],
  );
  return rows.find((row) => row.id === id)?.name ?? id;
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
