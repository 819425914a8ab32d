/** Before a draft is applied to a running company: what it changes, and what that does to people, gates and work. */
import { useCallback, useMemo, useRef, useState } from 'react';
import { Checkbox } from 'react-aria-components';
import { CoordError } from '../../../core/error.ts';
import type { BlastRadius } from '../../../core/org/chart/blast-radius.ts';
import { blastRadius, isHarmless } from '../../../core/org/chart/blast-radius.ts';
import { tryEdits } from '../../../core/org/chart/try-edits.ts';
import type { CompanyState } from '../../../core/state.ts';
import { dumpState, restoreState } from '../../../core/state.ts';
import type { DurationMs, EpochMs } from '../../../core/units.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Icon } from '../../design/icon.tsx';
import { Tag } from '../../design/tag.tsx';
import { useConnection, useSelf } from '../../lib/company-context.tsx';
import { useLiveVersion } from '../../lib/use-live-version.ts';
import { BlastList } from './blast-list.tsx';
import { describeEdits, editTones } from './describe-edit.ts';
import { lookAgainIn } from './look-again.ts';
import { RefusalNote } from './refusal-note.tsx';
import { strings } from './strings.ts';
import type { OrgDraft } from './use-org-draft.ts';

export interface ReviewDialogProps {
  draft: OrgDraft;
  onClose: () => void;
  onApplied: () => void;
}

export function ReviewDialog({ draft, onClose, onApplied }: ReviewDialogProps) {
  const { live } = useConnection();
  const self = useSelf();
  const { edits, chart } = draft.drawn;
  const cost = useRef(0 as DurationMs);
  const version = useLiveVersion(useCallback(() => lookAgainIn(cost.current), []));
  const [tried, setTried] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the company is folded in place, so its version says when it changed
  const outcome = useMemo(() => {
    const begun = performance.now();
    const tryingOn = tryOn(live.state, draft, self);
    cost.current = (performance.now() - begun) as DurationMs;
    return tryingOn;
  }, [live, draft.drawn, self, version, tried]);
  /** What was said when somebody had read it. */
  const [read, setRead] = useState<string | null>(null);
  const said = JSON.stringify(outcome.radius);
  const isSure = read === said;
  const isRisky = outcome.radius !== null && !isHarmless(outcome.radius);
  const lines = describeEdits(draft.base, chart, edits);
  const { pending, refusal } = draft.command;
  const apply = async () => {
    // Between two looks the company goes on: what nobody could read yet is shown first.
    if (JSON.stringify(tryOn(live.state, draft, self).radius) !== said) return setTried((count) => count + 1);
    if (await draft.apply()) onApplied();
  };
  return (
    <Dialog title={strings.reviewTitle} closeLabel={strings.close} isOpen onClose={onClose} size="wide">
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)] gap-6 max-md:grid-cols-1">
        <section aria-label={strings.changesTitle}>
          <h3 className="mb-2 font-medium text-faint text-xs">{`${strings.changesTitle} · ${edits.length}`}</h3>
          <ul className="flex max-h-96 flex-col gap-1.5 overflow-y-auto">
            {lines.map(({ what, subject, text }, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an edit is its place among the edits
              <li key={place} className="flex items-start gap-2">
                <Tag tone={editTones[what]}>{strings.whats[what]}</Tag>
                <span className="min-w-0 flex-1 break-words">
                  <span className="font-medium">{subject}</span> <span className="text-muted">{text}</span>
                </span>
              </li>
            ))}
          </ul>
        </section>
        <section aria-label={strings.radius}>
          <h3 className="mb-2 font-medium text-faint text-xs">{strings.radius}</h3>
          {outcome.refusal && (
            <RefusalNote refusal={outcome.refusal} onDrained={() => setTried((count) => count + 1)} />
          )}
          {outcome.radius && <BlastList radius={outcome.radius} />}
        </section>
      </div>
      {refusal && (
        <div className="mt-4">
          <RefusalNote refusal={refusal} />
        </div>
      )}
      <footer className="mt-5 flex flex-wrap items-center justify-end gap-3 border-line border-t pt-4">
        {isRisky && read !== null && !isSure && (
          <p role="status" className="text-waiting">
            {strings.readAgain}
          </p>
        )}
        {isRisky && (
          <Checkbox
            isSelected={isSure}
            onChange={(isRead) => setRead(isRead ? said : null)}
            className="group mr-auto flex items-center gap-2"
          >
            <span className="grid size-4.5 place-items-center rounded-sm border border-line-strong bg-field text-on-alive group-data-focus-visible:outline-2 group-data-selected:border-alive group-data-selected:bg-alive">
              {isSure && <Icon name="check" className="size-3.5" />}
            </span>
            {strings.sure}
          </Checkbox>
        )}
        <Button onPress={onClose}>{strings.cancel}</Button>
        <Button
          look="primary"
          isPending={pending}
          isDisabled={outcome.refusal !== null || (isRisky && !isSure)}
          onPress={() => void apply()}
        >
          {strings.apply(edits.length)}
        </Button>
      </footer>
    </Dialog>
  );
}

interface Outcome {
  readonly radius: BlastRadius | null;
  readonly refusal: CoordError | null;
}

/** The whole company is copied, with all its work: only so is seen what moves. */
function tryOn(company: CompanyState, { drawn }: OrgDraft, self: ReturnType<typeof useSelf>): Outcome {
  const by = self ?? company.company?.ownerId;
  if (!by || drawn.edits.length === 0) return { radius: null, refusal: null };
  const trial = restoreState(dumpState(company));
  try {
    const events = tryEdits(trial, drawn.edits, by, Date.now() as EpochMs);
    return { radius: blastRadius(company, trial, events), refusal: null };
  } catch (error) {
    if (error instanceof CoordError) return { radius: null, refusal: error };
    throw error;
  }
}
