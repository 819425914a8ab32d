/** Puts a template's new version on top of the company's changes: three ways, and what both changed as it is chosen. */
import { templateBase } from '../../contract/template-base.ts';
import { CoordError } from '../../core/error.ts';
import type { MergeConflict, MergeSide } from '../../core/org/chart/merge-company-files.ts';
import { mergeTemplate } from '../../core/org/chart/merge-template.ts';
import { chartOf } from '../../core/org/chart/org-chart.ts';
import { requireCompany } from '../../core/org/require-company.ts';
import { templatesFolder } from '../../serve/installation.ts';
import { loadTemplates } from '../../template/builtin-templates.ts';
import { fileInvalid } from '../../template/finding.ts';
import { readCompanyFile } from '../../template/read-company-file.ts';
import { withCompany } from '../company-session.ts';
import { readText } from '../files/read-input.ts';
import type { GlobalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';
import { readState } from '../read-state.ts';
import { editText } from './edit-text.ts';

interface MergeOptions {
  /** Which conflicts are taken from the template, by what they are about; `all`: every one. */
  readonly theirs: readonly string[];
  readonly dryRun: boolean;
}

/** @throws CoordError `NOT_FOUND`; `FILE_INVALID`; `BAD_INPUT` - there is no such conflict; as `org.change` */
export async function mergeOrg(file: string, wanted: MergeOptions, options: GlobalOptions): Promise<void> {
  const output = openOutput(options.json);
  const text = await readText(file);
  await withCompany(options, async ({ coordination }) => {
    const state = await readState(coordination);
    const chart = chartOf(state);
    const base = await templateBase(coordination, requireCompany(state));
    const { workflows } = await loadTemplates(templatesFolder);
    const known = new Set([...chart.workflows.map(({ id }): string => id), ...workflows.keys()]);
    const read = readCompanyFile(text, file === '-' ? 'stdin' : file, known);
    if (!read.ok) throw fileInvalid(read.findings);
    const open = mergeTemplate(chart, base, read.file, new Map()).conflicts;
    const choices = chosenFrom(open, wanted.theirs);
    const { edits, changes } = mergeTemplate(chart, base, read.file, choices);
    const conflicts = open.map((one) => ({ ...one, taken: choices.get(one.about) ?? ('ours' as const) }));
    const applied = !wanted.dryRun;
    if (applied) await coordination.command({ type: 'org.change', edits: [...edits] });
    const { template, version } = read.file;
    output.answer({ applied, template, version, conflicts, edits: changes }, () =>
      [
        `${applied ? 'Merged' : 'It would merge'} version ${version} of ${plainLine(template)}:`,
        ...conflicts.map((one) => `  ${conflictText(one)}`),
        ...changes.map((edit) => `  ${editText(edit, state, edits)}`),
        ...(changes.length === 0 ? ['  nothing of the company changes'] : []),
      ].join('\n'),
    );
  });
}

function chosenFrom(
  conflicts: readonly MergeConflict[],
  theirs: readonly string[],
): ReadonlyMap<string, MergeSide> {
  const all = conflicts.map(({ about }) => about);
  const unknown = theirs.find((about) => about !== 'all' && !all.includes(about));
  if (unknown !== undefined) {
    const there =
      all.length === 0 ? 'there is none' : `there are ${all.map((one) => `\`${one}\``).join(', ')}`;
    throw new CoordError('BAD_INPUT', `There is no conflict \`${unknown}\`: ${there}`, { conflicts: all });
  }
  const taken = theirs.includes('all') ? all : theirs;
  return new Map(taken.map((about) => [about, 'theirs']));
}

const conflictText = ({
  about,
  ours,
  theirs,
  taken,
}: MergeConflict & { readonly taken: MergeSide }): string =>
  plainLine(
    `both changed ${about}: ${worded(ours)} here, ${worded(theirs)} in the template; taken: ${taken === 'ours' ? 'the company’s' : 'the template’s'}`,
  );

const worded = (value: unknown): string =>
  value === null ? 'not there' : typeof value === 'string' ? value : JSON.stringify(value);
