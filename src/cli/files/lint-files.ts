/** Checks a company file and a workflow file, and which workflows that company can finish. */
import type { CompanyFileInput, WorkflowFileInput } from '../../contract/templates.ts';
import { FileNode } from '../../core/file-node.ts';
import type { CompanyFile } from '../../core/org/company-file.ts';
import { builtinNames, namesOfFile } from '../../core/org/known-names.ts';
import { workflowFrom } from '../../core/workflow/workflow-from-file.ts';
import { templatesFolder } from '../../serve/installation.ts';
import type { BuiltinTemplates } from '../../template/builtin-templates.ts';
import { loadTemplates } from '../../template/builtin-templates.ts';
import type { FileFinding } from '../../template/finding.ts';
import { readCompanyFile } from '../../template/read-company-file.ts';
import { readWorkflowFile } from '../../template/read-workflow-file.ts';
import type { Finishable } from './finishable.ts';
import { finishable, foundCompany, inlinePlace, ownPlace } from './finishable.ts';
import type { NamedFile } from './named-file.ts';
import { looksLikePath, readNamedFile } from './named-file.ts';

export interface LintDocument {
  /** Nothing is wrong; notes don't count. */
  readonly ok: boolean;
  /** What is wrong in the files themselves. */
  readonly findings: readonly FileFinding[];
  /** Null unless both files were given and are in order. */
  readonly satisfiability: Finishable | null;
  /** Each workflow of the company, when its file alone was given and is in order; one it can't finish is no fault. */
  readonly workflows: readonly Finishable[] | null;
}

interface CheckedCompany {
  readonly source: NamedFile;
  readonly raw: CompanyFileInput;
  readonly file: CompanyFile;
}

/** @throws CoordError `NOT_FOUND`, `BAD_INPUT` - a file can't be read at all */
export async function lintFiles(template: string | null, workflow: string | null): Promise<LintDocument> {
  const templates = await loadTemplates(templatesFolder);
  const source = template === null ? null : await readNamedFile('company', template, templates);
  const checked = source && checkCompany(source, templates);
  // It fits the schema, so it has the shape of the schema's input.
  const company =
    source && checked?.ok ? { source, raw: checked.raw as CompanyFileInput, file: checked.file } : null;
  const faults = checked && !checked.ok ? checked.findings : [];
  if (workflow !== null) return await lintWorkflow(workflow, company, faults, templates);
  if (!company) return { ok: faults.length === 0, findings: faults, satisfiability: null, workflows: null };
  const state = await foundCompany(company.raw, templates);
  const workflows = state.workflows
    .dump()
    .map((each) => finishable(state, each, ownPlace(company.file, company.source, each.id, templates)));
  return { ok: true, findings: [], satisfiability: null, workflows };
}

async function lintWorkflow(
  given: string,
  company: CheckedCompany | null,
  faults: readonly FileFinding[],
  templates: BuiltinTemplates,
): Promise<LintDocument> {
  const own = company && !looksLikePath(given) ? inlinePlace(company.file, company.source, given) : null;
  if (company && own) {
    const state = await foundCompany(company.raw, templates);
    const workflow = state.workflows.dump().find(({ id }) => id === given);
    if (workflow) return judged(finishable(state, workflow, own));
  }
  const ownNames = (company?.file.workflows ?? []).flatMap((entry) =>
    typeof entry === 'string' ? [] : entry.name,
  );
  const file = await readNamedFile('workflow', given, templates, ownNames);
  // The workflow may use the roles that the company adds.
  const known = company ? namesOfFile(new FileNode(company.raw)) : builtinNames;
  const checked = readWorkflowFile(file.text, file.fileName, known);
  const findings = [...faults, ...(checked.ok ? [] : checked.findings)];
  if (!company || !checked.ok)
    return { ok: findings.length === 0, findings, satisfiability: null, workflows: null };
  const state = await foundCompany(company.raw, templates, checked.raw as WorkflowFileInput);
  return judged(finishable(state, workflowFrom(checked.file), { file, path: [] }));
}

const judged = (satisfiability: Finishable): LintDocument => ({
  ok: satisfiability.finishable,
  findings: [],
  satisfiability,
  workflows: null,
});

const checkCompany = ({ text, fileName }: NamedFile, { workflows }: BuiltinTemplates) =>
  readCompanyFile(text, fileName, new Set(workflows.keys()));
