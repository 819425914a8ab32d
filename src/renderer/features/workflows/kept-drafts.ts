/** The drafts of workflows that this tab keeps: a reload loses nothing, and another company has its own. */
import type { WorkflowName } from '../../../core/ids.ts';
import type { Workflow } from '../../../core/workflow/workflow.ts';
import type { UndoStack } from '../../canvas/undo-stack.ts';
import { keepIn } from '../../lib/keep-in.ts';

/** One thing that was done: the workflow as it is from then on. */
export interface WorkflowStep {
  readonly label: string;
  readonly workflow: Workflow;
}

export interface KeptDraft {
  /** What a workflow that the company does not have began as; null: it has it. */
  readonly start: Workflow | null;
  /** Of the company's workflow when the draft was begun. */
  readonly version: number;
  readonly stack: UndoStack<WorkflowStep>;
}

const prefix = (companyId: string): string => `workflow-draft:${companyId}:`;
const listeners = new Set<() => void>();
let revision = 0;

export function keptDraft(companyId: string, name: WorkflowName): KeptDraft | null {
  const text = sessionStorage.getItem(prefix(companyId) + name);
  if (text === null) return null;
  try {
    return JSON.parse(text) as KeptDraft;
  } catch {
    return null;
  }
}

export function keepDraft(companyId: string, name: WorkflowName, draft: KeptDraft): void {
  const place = prefix(companyId) + name;
  if (!keepIn(sessionStorage, place, JSON.stringify(draft))) {
    // What is drawn is kept, and the way back to it is not.
    const done = draft.stack.done.slice(-1);
    const last = { ...draft, stack: { done, undone: [], settled: done.length } };
    keepIn(sessionStorage, place, JSON.stringify(last));
  }
  tell();
}

export function forgetDraft(companyId: string, name: WorkflowName): void {
  sessionStorage.removeItem(prefix(companyId) + name);
  tell();
}

/** Of which workflows something is drawn. */
export function draftNames(companyId: string): readonly WorkflowName[] {
  const begin = prefix(companyId);
  return Object.keys(sessionStorage).flatMap((key) =>
    key.startsWith(begin) ? [key.slice(begin.length) as WorkflowName] : [],
  );
}

/** For `useSyncExternalStore`: changes whenever a draft does. */
export const draftsRevision = (): number => revision;
export function onDrafts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  revision += 1;
  for (const listener of listeners) listener();
}
