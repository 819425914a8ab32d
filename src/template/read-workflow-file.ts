/** Reads a workflow file: the workflow as people wrote it, or every finding with line, column and fix. */
import type { KnownNames } from '../core/org/known-names.ts';
import { builtinNames } from '../core/org/known-names.ts';
import { checkWorkflowFile } from '../core/workflow/check-workflow-file.ts';
import type { WorkflowFile } from '../core/workflow/workflow-file.ts';
import { workflowFileSchema } from '../core/workflow/workflow-file.ts';
import type { CheckedFile } from './check-file.ts';
import { checkFile } from './check-file.ts';

/** @param known roles and capabilities of the company that it is for; the built-in ones unless told */
export function readWorkflowFile(
  text: string,
  fileName: string,
  known: KnownNames = builtinNames,
): CheckedFile<WorkflowFile> {
  return checkFile(text, fileName, workflowFileSchema, (root) => checkWorkflowFile(root, known));
}
