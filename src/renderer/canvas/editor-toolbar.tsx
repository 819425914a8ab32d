/** The bar above a drawing that is edited: undo and redo first, then what the editor has. */
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';

/** A draft whose steps can be taken back; the labels say what they did, null: there is none. */
export interface UndoableDraft {
  readonly undoLabel: string | null;
  readonly redoLabel: string | null;
  readonly undo: () => void;
  readonly redo: () => void;
}

export interface EditorToolbarProps {
  draft: UndoableDraft;
  words: { readonly undo: (step: string | null) => string; readonly redo: (step: string | null) => string };
  children: ReactNode;
}

export function EditorToolbar({ draft, words, children }: EditorToolbarProps) {
  const { undoLabel, redoLabel, undo, redo } = draft;
  return (
    <div className="flex h-12 shrink-0 items-center gap-2 overflow-x-auto border-line border-b px-4">
      <Button
        look="quiet"
        icon="undo"
        aria-label={words.undo(undoLabel)}
        isDisabled={undoLabel === null}
        onPress={undo}
      />
      <Button
        look="quiet"
        icon="redo"
        aria-label={words.redo(redoLabel)}
        isDisabled={redoLabel === null}
        onPress={redo}
      />
      {children}
    </div>
  );
}
