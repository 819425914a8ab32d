/** The draft of one workflow: what is drawn on top of what the company has, kept by this tab until it is applied. */
import { useCallback, useMemo, useRef, useState } from 'react';
import type { WorkflowName } from '../../../core/ids.ts';
import type { Workflow } from '../../../core/workflow/workflow.ts';
import { workflowFileOf } from '../../../core/workflow/workflow-to-file.ts';
import type { UndoStack } from '../../canvas/undo-stack.ts';
import { canUndo, doStep, emptyStack, redo, undo } from '../../canvas/undo-stack.ts';
import { useConnection, useLive } from '../../lib/company-context.tsx';
import type { CommandRun } from '../../lib/use-command.ts';
import { useCommand } from '../../lib/use-command.ts';
import { refusalOfDraft } from './check-draft.ts';
import type { WorkflowStep } from './kept-drafts.ts';
import { forgetDraft, keepDraft, keptDraft } from './kept-drafts.ts';
import { strings } from './strings.ts';

export interface WorkflowDraft {
  /** As the company has it; null: it is new. */
  readonly base: Workflow | null;
  readonly drawn: Workflow;
  /** Something is drawn that the company does not have. */
  readonly isChanged: boolean;
  /** The company's has changed since the draft was begun. */
  readonly isOvertaken: boolean;
  readonly undoLabel: string | null;
  readonly redoLabel: string | null;
  /** Puts another workflow in its place, or says why not. */
  readonly attempt: (label: string, next: Workflow) => string | null;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly discard: () => void;
  /** Gives it to the host. @returns the version that it has now; null: it was refused */
  readonly apply: () => Promise<number | null>;
  readonly command: CommandRun;
}

/** Null: there is neither such a workflow nor a draft of one. */
export function useWorkflowDraft(name: WorkflowName): WorkflowDraft | null {
  const { live } = useConnection();
  const companyId = useLive(({ company }) => company?.id ?? '');
  const base = useLive(({ workflows }) => workflows.get(name) ?? null);
  const [kept, setKept] = useState(() => keptDraft(companyId, name));
  /** What the company had before the last draft was applied here, and the version that this made. */
  const [applied, setApplied] = useState<{ readonly before: Workflow; readonly version: number } | null>(
    null,
  );
  const command = useCommand();
  const stack: UndoStack<WorkflowStep> = kept?.stack ?? emptyStack();
  const drawn = stack.done.at(-1)?.workflow ?? kept?.start ?? base;
  const latest = useRef({ base, drawn, stack });
  latest.current = { base, drawn, stack };

  const setStack = useCallback(
    (change: (before: UndoStack<WorkflowStep>) => UndoStack<WorkflowStep>) => {
      setKept((before) => {
        const next = {
          start: before?.start ?? null,
          version: before?.version ?? latest.current.base?.version ?? 0,
          stack: change(before?.stack ?? emptyStack()),
        };
        keepDraft(companyId, name, next);
        return next;
      });
    },
    [companyId, name],
  );
  const attempt = useCallback(
    (label: string, next: Workflow) => {
      if (same(next, latest.current.drawn)) return null;
      const refusal = refusalOfDraft(live.state, next);
      if (refusal === null) setStack((before) => doStep(before, { label, workflow: next }));
      return refusal;
    },
    [live, setStack],
  );
  const discard = useCallback(() => {
    forgetDraft(companyId, name);
    setKept(null);
  }, [companyId, name]);
  const { run } = command;
  const apply = useCallback(async () => {
    const { base: before, drawn: workflow } = latest.current;
    if (!workflow) return null;
    const receipt = await run({ type: 'workflow.define', workflow: workflowFileOf(workflow) });
    if (!receipt) return null;
    discard();
    const defined = receipt.events.flatMap(({ event }) => (event.type === 'workflow.defined' ? [event] : []));
    const version = defined[0]?.workflow.version ?? workflow.version;
    setApplied(before && { before, version });
    return version;
  }, [run, discard]);
  // Only while it is the last that happened to it: what others made since is not taken back with it.
  const backTo = applied !== null && applied.version === base?.version ? applied.before : null;
  const takeBack = useCallback(() => {
    if (backTo) attempt(strings.takeBack, backTo);
  }, [attempt, backTo]);

  return useMemo(() => {
    if (drawn === null) return null;
    return {
      ...{ base, drawn, attempt, discard, apply, command },
      isChanged: base === null || !same(base, drawn),
      isOvertaken: kept !== null && stack.done.length > 0 && base !== null && base.version !== kept.version,
      undoLabel: canUndo(stack) ? (stack.done.at(-1)?.label ?? null) : backTo && strings.takeBack,
      redoLabel: stack.undone.at(-1)?.label ?? null,
      undo: () => (canUndo(stack) ? setStack(undo) : takeBack()),
      redo: () => setStack(redo),
    };
  }, [base, drawn, kept, stack, attempt, discard, apply, command, setStack, backTo, takeBack]);
}

/** Apart from the number of the version, which the host gives. */
function same(one: Workflow | null, other: Workflow | null): boolean {
  return JSON.stringify({ ...one, version: 0 }) === JSON.stringify({ ...other, version: 0 });
}
