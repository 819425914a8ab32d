/** What was done on a canvas, step by step, and what was taken back: edits are data. Pure. */

/** How many steps can be taken back. */
export const undoSteps = 100;

export interface UndoStack<Step> {
  /** What holds, the oldest first. */
  readonly done: readonly Step[];
  /** What was taken back, the next to do again last. */
  readonly undone: readonly Step[];
  /** How many of `done` can't be taken back one by one any more. */
  readonly settled: number;
}

export function emptyStack<Step>(): UndoStack<Step> {
  return { done: [], undone: [], settled: 0 };
}

/** What was taken back is gone once something new is done. */
export function doStep<Step>({ done, settled }: UndoStack<Step>, step: Step): UndoStack<Step> {
  const next = [...done, step];
  return { done: next, undone: [], settled: Math.max(settled, next.length - undoSteps) };
}

export function undo<Step>(stack: UndoStack<Step>): UndoStack<Step> {
  const last = stack.done.at(-1);
  if (last === undefined || !canUndo(stack)) return stack;
  return { ...stack, done: stack.done.slice(0, -1), undone: [...stack.undone, last] };
}

export function redo<Step>(stack: UndoStack<Step>): UndoStack<Step> {
  const next = stack.undone.at(-1);
  if (next === undefined) return stack;
  return { ...stack, done: [...stack.done, next], undone: stack.undone.slice(0, -1) };
}

export function canUndo({ done, settled }: UndoStack<unknown>): boolean {
  return done.length > settled;
}
