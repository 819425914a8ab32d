/** Above the drawing: undo, the parts to add by a press or a drag, and what else there is. */
import type { DragEvent } from 'react';
import { EditorToolbar } from '../../canvas/editor-toolbar.tsx';
import type { IconName } from '../../design/icon.tsx';
import { Icon } from '../../design/icon.tsx';
import { DraftBar } from './draft-bar.tsx';
import type { PartKind } from './parts.ts';
import { dragPart } from './parts.ts';
import { strings } from './strings.ts';
import type { WorkflowDraft } from './use-workflow-draft.ts';

export interface FlowToolbarProps {
  draft: WorkflowDraft;
  onAddStep: () => void;
  onAddGate: () => void;
  onReview: () => void;
  onDiscard: () => void;
}

export function FlowToolbar({ draft, onAddStep, onAddGate, onReview, onDiscard }: FlowToolbarProps) {
  return (
    <EditorToolbar draft={draft} words={strings}>
      <span aria-hidden="true" className="h-5 w-px bg-line" />
      <Part kind="step" icon="plus" label={strings.addStep} hint={strings.dragStep} onPress={onAddStep} />
      <Part kind="gate" icon="gate" label={strings.addGate} hint={strings.dragGate} onPress={onAddGate} />
      <span className="flex-1" />
      <DraftBar draft={draft} onReview={onReview} onDiscard={onDiscard} />
    </EditorToolbar>
  );
}

/** A plain button: those of the library can't be dragged. */
function Part({
  kind,
  icon,
  label,
  hint,
  onPress,
}: {
  kind: PartKind;
  icon: IconName;
  label: string;
  hint: string;
  onPress: () => void;
}) {
  return (
    <button
      type="button"
      draggable
      title={hint}
      onDragStart={(event: DragEvent) => dragPart(event.dataTransfer, kind)}
      onClick={onPress}
      className="inline-flex h-8 cursor-grab items-center gap-1.5 rounded-md border border-line-strong/60 bg-raised px-3 hover:bg-hover active:cursor-grabbing"
    >
      <Icon name={icon} className={kind === 'gate' ? 'text-needs' : 'text-alive'} />
      {label}
    </button>
  );
}
