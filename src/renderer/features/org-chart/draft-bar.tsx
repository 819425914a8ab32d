/** Says that there is a draft, what of it no longer fits, and leads to applying or discarding it. */
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/notice.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import { strings } from './strings.ts';
import type { OrgDraft } from './use-org-draft.ts';

interface DraftBarProps {
  draft: OrgDraft;
  onReview: () => void;
  onDiscard: () => void;
  /** A press took the bar away, and with it the button that had the focus. */
  onGone: () => void;
}

export function DraftBar({ draft, onReview, onDiscard, onGone }: DraftBarProps) {
  const { edits, lapsed } = draft.drawn;
  const isDone = draft.isApplied && edits.length === 0;
  const goneBy = (act: () => void) => () => {
    act();
    onGone();
  };
  if (edits.length === 0 && lapsed.length === 0 && !isDone) return null;
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-4 z-20 flex flex-col items-center gap-2 px-4">
      {lapsed.length > 0 && (
        <Notice
          tone="waiting"
          className="pointer-events-auto max-w-xl shadow-raised"
          title={strings.lapsed(lapsed.length)}
          action={
            <Button size="small" onPress={goneBy(draft.dropLapsed)}>
              {strings.lapsedDrop}
            </Button>
          }
        >
          {lapsed[0]?.refusal.message}
        </Notice>
      )}
      {isDone && (
        <section
          aria-label={strings.applied}
          className="pointer-events-auto flex animate-enter items-center gap-3 rounded-lg border border-alive/60 bg-raised py-2 pr-2 pl-3.5 shadow-raised"
        >
          <StatusDot status="alive" />
          <span role="status" className="font-medium">
            {strings.applied}
          </span>
          <Button look="quiet" size="small" icon="undo" onPress={goneBy(draft.undo)}>
            {strings.takeBackShort}
          </Button>
          <Button
            look="quiet"
            size="small"
            icon="cross"
            aria-label={strings.dismiss}
            onPress={goneBy(draft.forgetApplied)}
          />
        </section>
      )}
      {edits.length > 0 && (
        <section
          aria-label={strings.draft(edits.length)}
          className="pointer-events-auto flex animate-enter items-center gap-3 rounded-lg border border-waiting/60 bg-raised py-2 pr-2 pl-3.5 shadow-raised"
        >
          <StatusDot status="waiting" />
          <span className="font-medium">{strings.draft(edits.length)}</span>
          <Button look="quiet" size="small" onPress={onDiscard}>
            {strings.discard}
          </Button>
          <Button look="primary" size="small" onPress={onReview}>
            {strings.review}
          </Button>
        </section>
      )}
    </div>
  );
}
