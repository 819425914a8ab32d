/** Says whether the company of a file can finish a workflow, and where in the files stands what hinders it. */
import type { CompanyFileInput, WorkflowFileInput } from '../../contract/templates.ts';
import { realWorld } from '../../coordinator/world.ts';
import { commandSchema } from '../../core/command.ts';
import { hostAlone } from '../../core/context.ts';
import type { FilePath } from '../../core/file-node.ts';
import type { CompanyFile } from '../../core/org/company-file.ts';
import type { CompanyState } from '../../core/state.ts';
import { emptyState } from '../../core/state.ts';
import { transact } from '../../core/transact.ts';
import type { Finding } from '../../core/workflow/finding.ts';
import { checkSatisfiability } from '../../core/workflow/satisfiability.ts';
import type { Workflow } from '../../core/workflow/workflow.ts';
import type { BuiltinTemplates } from '../../template/builtin-templates.ts';
import { companyDraftReader } from '../../template/company-draft.ts';
import type { FileFinding } from '../../template/finding.ts';
import { YamlSource } from '../../template/yaml-source.ts';
import type { NamedFile } from './named-file.ts';
import { builtinFile } from './named-file.ts';

/** An `error`: no epic can ever get past this step or gate. A `note`: it can, with care. */
export interface SatisfiabilityFinding extends Omit<FileFinding, 'fix'> {
  readonly severity: 'error' | 'note';
  readonly step: string;
  /** Null: nobody can take the step itself. */
  readonly gate: string | null;
  /** The best first. */
  readonly repairs: readonly string[];
}

export interface Finishable {
  readonly company: string;
  readonly workflow: string;
  readonly finishable: boolean;
  readonly findings: readonly SatisfiabilityFinding[];
}

/** Where a workflow is written: in a file of its own, or inside a company's. */
export interface WorkflowPlace {
  readonly file: NamedFile;
  readonly path: FilePath;
}

export function finishable(state: CompanyState, workflow: Workflow, place: WorkflowPlace): Finishable {
  const report = checkSatisfiability(state, workflow);
  const find = finder(place, workflow);
  return {
    company: state.company?.name ?? '',
    workflow: report.workflow,
    finishable: report.finishable,
    findings: report.findings.map((finding) => ({
      ...find(finding),
      severity: finding.severity,
      step: finding.stepId,
      gate: finding.gate,
      message: finding.message,
      repairs: finding.repairs.map(({ text }) => text),
    })),
  };
}

/** The company as it would be on its first day; with `instead` in place of its own workflow of that name. */
export async function foundCompany(
  file: CompanyFileInput,
  templates: BuiltinTemplates,
  instead: WorkflowFileInput | null = null,
): Promise<CompanyState> {
  const draft = await companyDraftReader(templates)({ file });
  const others = draft.workflows.filter(({ name }) => name !== instead?.name);
  const workflows = instead ? [...others, instead] : others;
  const state = emptyState();
  const command = commandSchema.parse({ type: 'company.create', file, workflows });
  transact(state, command, { ...realWorld, ...hostAlone, now: realWorld.now(), actor: { kind: 'host' } });
  return state;
}

/** Of a workflow that the company's file writes out; null: it writes out none of that name. */
export function inlinePlace(company: CompanyFile, file: NamedFile, name: string): WorkflowPlace | null {
  const place = company.workflows.findIndex((entry) => typeof entry !== 'string' && entry.name === name);
  return place < 0 ? null : { file, path: ['workflows', place] };
}

/** Of a workflow that the company has: written out in its file, or a built-in one that its file names. */
export function ownPlace(
  company: CompanyFile,
  file: NamedFile,
  name: string,
  { workflows }: BuiltinTemplates,
): WorkflowPlace {
  const builtin = workflows.get(name);
  const inline = inlinePlace(company, file, name);
  if (inline || !builtin) return inline ?? { file, path: [] };
  return { file: builtinFile('workflow', builtin), path: [] };
}

function finder({ file: { fileName, text }, path: base }: WorkflowPlace, { steps }: Workflow) {
  const source = new YamlSource(text);
  return ({ stepId, gate }: Finding) => {
    const step = steps.findIndex(({ id }) => id === stepId);
    const place = steps[step]?.gates.findIndex(({ name }) => name === gate) ?? -1;
    const path = gate === null || place < 0 ? ['steps', step] : ['steps', step, 'gates', place];
    return { file: fileName, ...source.position([...base, ...path], 'value') };
  };
}
