/** Several like gates under one note: each is signed for its own hash, and only those whose evidence was opened before. */
import { useState } from 'react';
import { Link } from 'wouter';
import type { Decision, Gate } from '../../../core/gate/gate.ts';
import { gatedEpic } from '../../../core/gate/gated-work.ts';
import type { GateId } from '../../../core/ids.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Field } from '../../design/field.tsx';
import { Hash } from '../../design/hash.tsx';
import { Icon } from '../../design/icon.tsx';
import { useCoordination, useLive } from '../../lib/company-context.tsx';
import type { LikeGates } from './like-gates.ts';
import { isSeen } from './seen-evidence.ts';
import type { Outcomes } from './sign-together.ts';
import { signTogether } from './sign-together.ts';
import { strings } from './strings.ts';

export interface SignTogetherProps {
  like: LikeGates;
  onClose: () => void;
}

export function SignTogetherDialog({ like, onClose }: SignTogetherProps) {
  return (
    <Dialog
      title={strings.together(like.name)}
      closeLabel={strings.close}
      isOpen
      onClose={onClose}
      size="wide"
    >
      <SignTogether like={like} onClose={onClose} />
    </Dialog>
  );
}

/** The gates stay as they were when it was opened: what comes meanwhile has not been looked at, and is not signed. */
function SignTogether({ like: { gates: offered, roleId }, onClose }: SignTogetherProps) {
  const [gates] = useState(offered);
  const seen = gates.filter(isSeen);
  const coordination = useCoordination();
  const [left, setLeft] = useState<ReadonlySet<GateId>>(new Set());
  const [note, setNote] = useState('');
  const [noteMissing, setNoteMissing] = useState(false);
  const [outcomes, setOutcomes] = useState<Outcomes>(new Map());
  const [pending, setPending] = useState(false);
  const chosen = seen.filter(({ id }) => !left.has(id) && outcomes.get(id) !== null);
  const decide = async (decision: Decision) => {
    if (decision !== 'approve' && note.trim() === '') return setNoteMissing(true);
    setPending(true);
    await signTogether(coordination(), chosen, { decision, roleId, note }, setOutcomes);
    setPending(false);
  };
  const signed = [...outcomes.values()].filter((why) => why === null).length;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">{strings.togetherHelp(roleId)}</p>
      <ul className="divide-y divide-line rounded-md border border-line">
        {gates.map((gate) => (
          <Row
            key={gate.id}
            gate={gate}
            isChosen={!left.has(gate.id)}
            outcome={outcomes.get(gate.id)}
            onChoose={(isChosen) => {
              const next = new Set(left);
              if (isChosen) next.delete(gate.id);
              else next.add(gate.id);
              setLeft(next);
            }}
            onOpen={onClose}
          />
        ))}
      </ul>
      <Field
        label={strings.noteForAll}
        value={note}
        onChange={(text) => {
          setNote(text);
          setNoteMissing(false);
        }}
        error={noteMissing ? strings.noteNeeded : null}
        lines={2}
      />
      <p aria-live="polite" className="min-h-5 text-muted">
        {outcomes.size > 0 && strings.togetherDone(signed, outcomes.size - signed)}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button
          look="primary"
          icon="check"
          isPending={pending}
          isDisabled={chosen.length === 0}
          onPress={() => void decide('approve')}
        >
          {strings.approveAll(chosen.length)}
        </Button>
        <Button
          icon="reply"
          isDisabled={chosen.length === 0 || pending}
          onPress={() => void decide('request_changes')}
        >
          {strings.requestChangesAll(chosen.length)}
        </Button>
        <span className="flex-1" />
        <Button onPress={onClose}>{strings.close}</Button>
      </div>
    </div>
  );
}

interface RowProps {
  gate: Gate;
  isChosen: boolean;
  /** Undefined: nothing has been done about it; null: it is signed. */
  outcome: string | null | undefined;
  onChoose: (isChosen: boolean) => void;
  onOpen: () => void;
}

function Row({ gate, isChosen, outcome, onChoose, onOpen }: RowProps) {
  const epic = useLive((state) => gatedEpic(state, gate));
  const mayChoose = isSeen(gate) && outcome !== null;
  const title = epic?.title ?? gate.name;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
      <label className="flex min-w-0 flex-1 items-center gap-2.5">
        <input
          type="checkbox"
          className="size-4 accent-alive"
          checked={mayChoose && isChosen}
          disabled={!mayChoose}
          onChange={({ target }) => onChoose(target.checked)}
        />
        <span className="truncate font-medium">{title}</span>
      </label>
      {gate.artifactHash && <Hash value={gate.artifactHash} label={strings.copyHash} shown={12} />}
      {outcome === null && (
        <span className="flex items-center gap-1 text-alive text-xs">
          <Icon name="check" className="size-3.5" /> {strings.decided}
        </span>
      )}
      {!isSeen(gate) && (
        <Link
          href={`/gates/${gate.id}`}
          onClick={onOpen}
          aria-label={strings.lookFirstAt(title)}
          className="text-needs text-xs underline underline-offset-2"
        >
          {strings.notSeen}
        </Link>
      )}
      {typeof outcome === 'string' && <p className="w-full text-failure text-xs">{outcome}</p>}
    </li>
  );
}
