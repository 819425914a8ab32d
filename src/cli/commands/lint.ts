/** `agentcoord lint`: finds what is wrong in company and workflow files before anything uses them. */
import type { Command } from 'commander';
import { Option } from 'commander';
import type { FileKind } from '../../template/file-schema.ts';
import { AnsweredRefusal } from '../answered-refusal.ts';
import type { Finishable, SatisfiabilityFinding } from '../files/finishable.ts';
import type { LintDocument } from '../files/lint-files.ts';
import { globalOptions } from '../global-options.ts';
import type { Output } from '../output/output.ts';
import { openOutput } from '../output/output.ts';

interface LintOptions {
  readonly printSchema?: FileKind;
  readonly template?: string;
  readonly workflow?: string;
}

const kinds = ['company', 'workflow'] as const satisfies readonly FileKind[];

export function addLintCommand(program: Command): void {
  program
    .command('lint')
    .description(
      'check a company file and which workflows it can finish, or a workflow file, or both together',
    )
    .option('--template <file>', 'a company file, or the name of a built-in one')
    .option(
      '--workflow <file>',
      'a workflow file, or the name of a built-in one or of one in the company file',
    )
    .addOption(
      new Option('--print-schema <kind>', 'print the JSON Schema of such files, for an editor').choices(
        kinds,
      ),
    )
    .action(async ({ template, workflow, printSchema }: LintOptions, command: Command) => {
      if (printSchema !== undefined) {
        const { fileSchema } = await import('../../template/file-schema.ts');
        const schema = fileSchema(printSchema);
        openOutput(globalOptions(command).json).answer(schema, () => JSON.stringify(schema, null, 2));
        return;
      }
      if (template === undefined && workflow === undefined) {
        command.error('error: name a file with --template, with --workflow, or with both');
      }
      const { json } = globalOptions(command);
      const { lintFiles } = await import('../files/lint-files.ts');
      const { formatFinding } = await import('../../template/finding.ts');
      const output = openOutput(json);
      const document = await lintFiles(template ?? null, workflow ?? null);
      for (const finding of document.findings) output.note(formatFinding(finding));
      for (const finding of document.satisfiability?.findings ?? [])
        output.note(formatSatisfiability(finding));
      output.answer(document, () => verdict(document, [template, workflow], output));
      if (!document.ok) throw new AnsweredRefusal();
    });
}

function formatSatisfiability(finding: SatisfiabilityFinding): string {
  const { file, line, column, severity, message, repairs } = finding;
  const [best] = repairs;
  return `${file}:${line}:${column}: ${severity === 'note' ? 'note: ' : ''}${message}${best ? ` - ${best}` : ''}`;
}

/** The faults stand on stderr, where tools look for them; the answer sums up. */
function verdict(
  { ok, findings, satisfiability, workflows }: LintDocument,
  files: readonly (string | undefined)[],
  output: Output,
): string {
  const { style } = output;
  const named = files.filter((file) => file !== undefined).join(' and ');
  if (findings.length > 0) return style('failed', `${findings.length} found in ${named}`);
  if (!satisfiability)
    return [
      style('good', `${named}: in order`),
      ...(workflows ?? []).flatMap((each) => ofWorkflow(each, output)),
    ].join('\n');
  const { company, workflow } = satisfiability;
  return ok
    ? style('good', `${named}: in order, and ${company} can finish ${workflow}`)
    : style('failed', `${company} can't finish ${workflow}`);
}

/** That a company can't finish one of its workflows is worth knowing, and no fault of its file. */
function ofWorkflow({ workflow, finishable, findings }: Finishable, { style }: Output): string[] {
  const head = finishable
    ? style('good', `${workflow}: can be finished`)
    : style('waiting', `${workflow}: can't be finished by this company`);
  return [head, ...findings.map((finding) => `  ${formatSatisfiability({ ...finding, severity: 'note' })}`)];
}
