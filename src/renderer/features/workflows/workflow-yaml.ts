/** The workflow as text and back: loaded when somebody looks at YAML. */
import type { FilePath } from '../../../core/file-node.ts';
import type { RowSide } from '../../../core/merge-rows.ts';
import type { KnownNames } from '../../../core/org/known-names.ts';
import { mergeWorkflows } from '../../../core/workflow/merge-workflows.ts';
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
      /** As it is now, with what the text changed. */
      readonly workflow: Workflow;
      /** Why it can't be drawn, where the text names it. */
      readonly findingOf: (refusal: string) => TextFinding;
    }
  | {
      readonly ok: false;
      readonly findings: readonly TextFinding[];
      /** It can be read; but it changes what was changed on the drawing meanwhile, too. */
      readonly isOvertaken?: true;
    };

/**
 * @param over what the text was written over, whose name it has to have: what differs from it is what the text asks for
 * @param now what is drawn since
 * @param side what holds where both changed the same; null: that is asked
 */
export function readWorkflow(
  text: string,
  over: Workflow,
  known: KnownNames,
  now = over,
  side: RowSide | null = null,
): ReadWorkflow {
  const read = readWorkflowFile(text, `${over.id}.yaml`, known);
  if (!read.ok) return { ok: false, findings: read.findings };
  const mine = workflowFrom(read.file);
  const source = new YamlSource(text);
  const findingAt = (path: FilePath, message: string, fix = ''): TextFinding => ({
    ...source.position(path),
    message,
    fix,
  });
  if (mine.id !== over.id) {
    return {
      ok: false,
      findings: [findingAt(['name'], strings.yamlOtherName(mine.id), strings.yamlOtherNameFix)],
    };
  }
  // Nothing came between, as mostly: it is what the text says.
  const isSame = JSON.stringify([over.priority, over.steps]) === JSON.stringify([now.priority, now.steps]);
  const { workflow, conflicts } = isSame
    ? { workflow: mine, conflicts: [] }
    : mergeWorkflows(over, mine, now, side ?? 'mine');
  if (side === null && conflicts.length > 0) {
    const findings = conflicts.map(({ id, field }) => {
      const at = mine.steps.findIndex((step) => step.id === id);
      const path = id === mine.id ? ['priority'] : at < 0 ? ['steps'] : ['steps', at];
      return findingAt(path, strings.yamlOvertaken(titleOf(id, mine, now), field), strings.yamlOvertakenFix);
    });
    return { ok: false, findings, isOvertaken: true };
  }
  return { ok: true, workflow, findingOf: (message) => findingAt(['name'], message) };
}

const titleOf = (id: string, ...workflows: readonly Workflow[]): string =>
  workflows.flatMap(({ steps }) => steps).find((step) => step.id === id)?.title ?? id;

/** @param source as it was written last, whose comments stay; null: there is none */
export function writeWorkflow(source: string | null, workflow: Workflow): string {
  return writeWorkflowText(source ?? '', workflowFileOf(workflow));
}
