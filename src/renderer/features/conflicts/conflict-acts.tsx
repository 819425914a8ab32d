/** The decision about a conflict: apply it again, or drop it with a reason; a refusal stays in place. */
import { useRef, useState } from 'react';
import type { Conflict } from '../../../core/conflict/conflict.ts';
import { DecisionBar } from '../../company/decision-bar.tsx';
import { RefusalNotice } from '../../company/refusal-notice.tsx';
import { whyNotDecide } from '../../company/who-decides.ts';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { KeyHint } from '../../design/kbd.tsx';
import { toast } from '../../design/toast.tsx';
import { useActs } from '../../lib/acts.ts';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { useCommand } from '../../lib/use-command.ts';
import { useDraft } from '../../lib/use-draft.ts';
import { useKeys } from '../../lib/use-keys.ts';
import { strings } from './strings.ts';

export function ConflictActs({ conflict: { id } }: { conflict: Conflict }) {
  const self = useSelf();
  const whyNot = useLive((state) => whyNotDecide(state, self, id));
  const [isDropping, setDropping] = useState(false);
  const { run, pending, refusal, clear } = useCommand();
  const mayAct = whyNot === null && !pending;
  const reapply = async () => {
    if (await run({ type: 'conflict.reapply', conflictId: id })) toast('alive', strings.reapplied);
  };
  const askWhy = () => {
    clear();
    setDropping(true);
  };
  const drop = async (reason: string) => {
    const done = await run({ type: 'conflict.drop', conflictId: id, reason });
    if (done) toast('alive', strings.dropped);
    return done !== null;
  };
  useKeys({ a: () => mayAct && !isDropping && void reapply(), d: () => mayAct && askWhy() });
  const applyAgain = useRef<HTMLButtonElement>(null);
  useActs(
    {
      'conflict.reapply': whyNot === null && (() => applyAgain.current?.focus()),
      'conflict.drop': whyNot === null && askWhy,
    },
    id,
  );
  return (
    <DecisionBar title={strings.decide} tone={whyNot === null ? 'needs' : 'plain'}>
      {whyNot !== null && (
        <p id={`why-not-${id}`} className="text-muted">
          <span className="font-medium text-ink">{strings.mayNot}.</span> {whyNot}.
        </p>
      )}
      <RefusalNotice refusal={refusal} />
      {isDropping ? (
        <DropForm id={id} pending={pending} onDrop={drop} onKeep={() => setDropping(false)} />
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          <Button
            ref={applyAgain}
            look="primary"
            icon="retry"
            isPending={pending}
            isDisabled={whyNot !== null}
            {...(whyNot !== null && { 'aria-describedby': `why-not-${id}` })}
            onPress={() => void reapply()}
          >
            {strings.reapply}
            {whyNot === null && <KeyHint of="a" />}
          </Button>
          <Button
            look="danger"
            icon="cross"
            isDisabled={!mayAct}
            {...(whyNot !== null && { 'aria-describedby': `why-not-${id}` })}
            onPress={askWhy}
          >
            {strings.drop}
            {whyNot === null && <KeyHint of="d" />}
          </Button>
        </div>
      )}
      {whyNot === null && <p className="text-muted text-xs">{strings.help}</p>}
    </DecisionBar>
  );
}

interface DropFormProps {
  id: string;
  pending: boolean;
  /** Resolves with whether it was dropped. */
  onDrop: (reason: string) => Promise<boolean>;
  onKeep: () => void;
}

function DropForm({ id, pending, onDrop, onKeep }: DropFormProps) {
  const [reason, setReason] = useDraft(`drop:${id}`);
  const drop = async () => {
    if (await onDrop(reason)) setReason('');
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '' && !pending) void drop();
      }}
      onKeyDown={(event) => event.key === 'Escape' && onKeep()}
    >
      <Field label={strings.reason} value={reason} onChange={setReason} autoFocus />
      <div className="flex gap-2">
        <Button
          look="danger"
          icon="cross"
          type="submit"
          isPending={pending}
          isDisabled={reason.trim() === ''}
        >
          {strings.dropNow}
        </Button>
        <Button onPress={onKeep}>{strings.keep}</Button>
      </div>
    </form>
  );
}
