/** That there is a draft and how to go on with it; and on the drawing why the last thing could not be done. */
import { RefusalFrame } from '../../canvas/refusal-frame.tsx';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/notice.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import { strings } from './strings.ts';
import type { WorkflowDraft } from './use-workflow-draft.ts';
import { changesBetween } from './workflow-changes.ts';

interface DraftBarProps {
  draft: WorkflowDraft;
  onReview: () => void;
  onDiscard: () => void;
}

export function DraftBar({ draft, onReview, onDiscard }: DraftBarProps) {
  if (!draft.isChanged) return null;
  const words = draft.base ? strings.draft(changesBetween(draft.base, draft.drawn).length) : strings.draftNew;
  return (
    <section aria-label={words} className="flex shrink-0 animate-enter items-center gap-2">
      <StatusDot status="waiting" />
      <span className="mr-1 whitespace-nowrap font-medium">{words}</span>
      <Button look="quiet" onPress={onDiscard}>
        {strings.discard}
      </Button>
      <Button look="primary" onPress={onReview}>
        {strings.review}
      </Button>
    </section>
  );
}

export function RefusalBar({ refusal, onDismiss }: { refusal: string | null; onDismiss: () => void }) {
  if (refusal === null) return null;
  return (
    <RefusalFrame dismiss={strings.dismiss} onDismiss={onDismiss}>
      <Notice tone="failure" title={strings.refused}>
        {refusal}
      </Notice>
    </RefusalFrame>
  );
}
