/** Checks a company file and a workflow file; of both together also whether that company can finish that workflow. */
import type { CompanyFileInput, WorkflowFileInput } from '../../contract/templates.ts';
import { realWorld } from '../../coordinator/world.ts';
import { commandSchema } from '../../core/command.ts';
import { FileNode } from '../../core/file-node.ts';
import { builtinNames, namesOfFile } from '../../core/org/known-names.ts';
import type { CompanyState } from '../../core/state.ts';
import { emptyState } from '../../core/state.ts';
import { transact } from '../../core/transact.ts';
import type { Finding } from '../../core/workflow/finding.ts';
import { checkSatisfiability } from '../../core/workflow/satisfiability.ts';
import type { Workflow } from '../../core/workflow/workflow.ts';
import { workflowFrom } from '../../core/workflow/workflow-from-file.ts';
import { templatesFolder } from '../../serve/installation.ts';
import type { BuiltinTemplates } from '../../template/builtin-templates.ts';
import { loadTemplates } from '../../template/builtin-templates.ts';
import { companyDraftReader } from '../../template/company-draft.ts';
import type { FileFinding } from '../../template/finding.ts';
import { readCompanyFile } from '../../template/read-company-file.ts';
import { readWorkflowFile } from '../../template/read-workflow-file.ts';
import { YamlSource } from '../../template/yaml-source.ts';
import type { NamedFile } from './named-file.ts';
import { readNamedFile } from './named-file.ts';

export interface LintDocument {
  /** Nothing is wrong; notes don't count. */
  readonly ok: boolean;
  /** What is wrong in the files themselves. */
  readonly findings: readonly FileFinding[];
  /** Null unless both files were given and are in order. */
  readonly satisfiability: {
    readonly company: string;
    readonly workflow: string;
    readonly finishable: boolean;
    readonly findings: readonly SatisfiabilityFinding[];
  } | null;
}

/** An `error`: no epic can ever get past this step or gate. A `note`: it can, with care. */
export interface SatisfiabilityFinding extends Omit<FileFinding, 'fix'> {
  readonly severity: 'error' | 'note';
  readonly step: string;
  /** Null: nobody can take the step itself. */
  readonly gate: string | null;
  /** The best first. */
  readonly repairs: readonly string[];
}

/** @throws CoordError `NOT_FOUND`, `BAD_INPUT` - a file can't be read at all */
export async function lintFiles(template: string | null, workflow: string | null): Promise<LintDocument> {
  const templates = await loadTemplates(templatesFolder);
  const companyFile = template === null ? null : await readNamedFile('company', template, templates);
  const workflowFile = workflow === null ? null : await readNamedFile('workflow', workflow, templates);
  const company = companyFile && checkCompany(companyFile, templates);
  // The workflow may use the roles that the company adds.
  const known = company?.ok ? namesOfFile(new FileNode(company.raw)) : builtinNames;
  const checked = workflowFile && readWorkflowFile(workflowFile.text, workflowFile.fileName, known);

  const findings = [company, checked].flatMap((file) => (file && !file.ok ? file.findings : []));
  if (!company?.ok || !checked?.ok || !workflowFile) {
    return { ok: findings.length === 0, findings, satisfiability: null };
  }
  const state = await foundCompany(
    company.raw as CompanyFileInput,
    checked.raw as WorkflowFileInput,
    templates,
  );
  const report = checkSatisfiability(state, workflowFrom(checked.file));
  const place = finder(workflowFile, workflowFrom(checked.file));
  return {
    ok: report.finishable,
    findings,
    satisfiability: {
      company: company.file.name,
      workflow: report.workflow,
      finishable: report.finishable,
      findings: report.findings.map((finding) => ({
        ...place(finding),
        severity: finding.severity,
        step: finding.stepId,
        gate: finding.gate,
        message: finding.message,
        repairs: finding.repairs.map(({ text }) => text),
      })),
    },
  };
}

const checkCompany = ({ text, fileName }: NamedFile, { workflows }: BuiltinTemplates) =>
  readCompanyFile(text, fileName, new Set(workflows.keys()));

/** The company as it would be on its first day, with the workflow in place of its own of that name. */
async function foundCompany(
  file: CompanyFileInput,
  workflow: WorkflowFileInput,
  templates: BuiltinTemplates,
): Promise<CompanyState> {
  const draft = await companyDraftReader(templates)({ file });
  const others = draft.workflows.filter(({ name }) => name !== workflow.name);
  const state = emptyState();
  const command = commandSchema.parse({ type: 'company.create', file, workflows: [...others, workflow] });
  transact(state, command, { ...realWorld, now: realWorld.now(), actor: { kind: 'host' } });
  return state;
}

/** Where in the workflow file a finding's step or gate stands. */
function finder({ fileName, text }: NamedFile, { steps }: Workflow) {
  const source = new YamlSource(text);
  return ({ stepId, gate }: Finding) => {
    const step = steps.findIndex(({ id }) => id === stepId);
    const place = steps[step]?.gates.findIndex(({ name }) => name === gate) ?? -1;
    const path = gate === null || place < 0 ? ['steps', step] : ['steps', step, 'gates', place];
    return { file: fileName, ...source.position(path, 'value') };
  };
}
