/** The workflow as text and back: loaded when somebody looks at YAML. */
import type { KnownNames } from '../../../core/org/known-names.ts';
import type { Workflow } from '../../../core/workflow/workflow.ts';
import { workflowFrom } from '../../../core/workflow/workflow-from-file.ts';
import { workflowFileOf } from '../../../core/workflow/workflow-to-file.ts';
import { readWorkflowFile } from '../../../template/read-workflow-file.ts';
import { writeWorkflowText } from '../../../template/workflow-text.ts';
import { YamlSource } from '../../../template/yaml-source.ts';
import type { TextFinding } from '../../canvas/text-pane.tsx';
import { strings } from './strings.ts';

export type ReadWorkflow =
  | {
      readonly ok: true;
      readonly workflow: Workflow;
      /** Why it can't be drawn, where the text names it. */
      readonly findingOf: (refusal: string) => TextFinding;
    }
  | { readonly ok: false; readonly findings: readonly TextFinding[] };

/** @param drawn whose name the text has to have */
export function readWorkflow(text: string, drawn: Workflow, known: KnownNames): ReadWorkflow {
  const read = readWorkflowFile(text, `${drawn.id}.yaml`, known);
  if (!read.ok) return { ok: false, findings: read.findings };
  const workflow = workflowFrom(read.file);
  const findingOf = (message: string, fix = ''): TextFinding => ({
    ...new YamlSource(text).position(['name']),
    message,
    fix,
  });
  if (workflow.id === drawn.id) return { ok: true, workflow, findingOf };
  return { ok: false, findings: [findingOf(strings.yamlOtherName(workflow.id), strings.yamlOtherNameFix)] };
}

/** @param source as it was written last, whose comments stay; null: there is none */
export function writeWorkflow(source: string | null, workflow: Workflow): string {
  return writeWorkflowText(source ?? '', workflowFileOf(workflow));
}
