/** The decision: approve, request changes or veto, as which role, with a note; a refusal stays in place. */
import { useRef, useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { slotsNeeding } from '../../../core/gate/asked-slots.ts';
import type { Decision, Gate } from '../../../core/gate/gate.ts';
import { isEntitledToAny } from '../../../core/gate/signing-rules.ts';
import type { RoleId } from '../../../core/ids.ts';
import { entitlement } from '../../../core/org/entitlement.ts';
import { DecisionBar } from '../../company/decision-bar.tsx';
import { gateSlots, slotsOf } from '../../company/gate-slots.ts';
import { RefusalNotice } from '../../company/refusal-notice.tsx';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { KeyHint } from '../../design/kbd.tsx';
import { toast } from '../../design/toast.tsx';
import { useActs } from '../../lib/acts.ts';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { useCommand } from '../../lib/use-command.ts';
import { useDraft } from '../../lib/use-draft.ts';
import { useKeys } from '../../lib/use-keys.ts';
import { NotNow } from './not-now-bar.tsx';
import { strings } from './strings.ts';

interface SigningRole {
  readonly roleId: RoleId;
  /** The role by which the person signs in the slot's place. */
  readonly overrideBy: RoleId | null;
}

export function SignPanel({ gate }: { gate: Gate }) {
  const { roles, preferred, mayTurnDown } = useSigning(gate);
  const [chosen, choose] = useState<RoleId | null>(null);
  const [note, setNote] = useDraft(gate.id);
  const [noteMissing, setNoteMissing] = useState(false);
  const noteField = useRef<HTMLTextAreaElement>(null);
  const approve = useRef<HTMLButtonElement>(null);
  const { run, pending, refusal, clear } = useCommand();
  const roleId = roles.find((role) => role.roleId === chosen)?.roleId ?? preferred;

  const decide = async (decision: Decision) => {
    clear();
    if (decision !== 'approve' && note.trim() === '') {
      setNoteMissing(true);
      noteField.current?.focus();
      return;
    }
    if (!gate.artifactHash) return;
    const { artifactHash } = gate;
    const as = decision === 'approve' ? roleId : null;
    const article = noteField.current?.closest('article');
    const hadFocus = noteField.current?.closest('section')?.contains(document.activeElement) ?? false;
    if (await run({ type: 'gate.sign', gateId: gate.id, roleId: as, decision, note, artifactHash })) {
      setNote('');
      toast('alive', doneWords(decision, gate));
      // What was pressed is gone with what was to be decided: the gate goes on from there.
      if (hadFocus) article?.focus({ preventScroll: true });
    }
  };
  const canApprove = roles.length > 0;
  useKeys({
    a: () => canApprove && !pending && void decide('approve'),
    r: () => mayTurnDown && !pending && void decide('request_changes'),
  });
  const write = () => noteField.current?.focus();
  useActs(
    {
      'gate.approve': canApprove && (() => approve.current?.focus()),
      'gate.request-changes': mayTurnDown && write,
      'gate.veto': mayTurnDown && write,
    },
    gate.id,
  );
  if (!canApprove && !mayTurnDown) return null;
  const ownRoles = roles.map((role) => role.roleId);

  return (
    <DecisionBar title={strings.decide} tone={canApprove ? 'needs' : 'plain'}>
      {!canApprove && (
        <p className="text-muted">
          {strings.cannotSign}. {strings.mayTurnDown}
        </p>
      )}
      {roles.length > 1 && <RoleChoice roles={roles} value={roleId} onChange={choose} />}
      <Field
        label={strings.note}
        placeholder={strings.notePlaceholder}
        value={note}
        onChange={(text) => {
          setNote(text);
          setNoteMissing(false);
        }}
        error={noteMissing ? strings.noteNeeded : null}
        lines={2}
        inputRef={noteField}
      />
      <RefusalNotice refusal={refusal} />
      <div className="flex flex-wrap items-center gap-2">
        {canApprove && (
          <Button
            ref={approve}
            look="primary"
            icon="check"
            isPending={pending}
            onPress={() => void decide('approve')}
          >
            {strings.approve}
            {roleId && <span className="font-mono font-normal text-xs">{roleId}</span>}
            <KeyHint of="a" />
          </Button>
        )}
        {mayTurnDown && (
          <Button icon="reply" isDisabled={pending} onPress={() => void decide('request_changes')}>
            {gate.request ? strings.reject : strings.requestChanges}
            <KeyHint of="r" />
          </Button>
        )}
        <span className="flex-1" />
        <NotNow gate={gate} roles={ownRoles} />
        {mayTurnDown && (
          <Button look="danger" icon="stop" isDisabled={pending} onPress={() => void decide('veto')}>
            {strings.veto}
          </Button>
        )}
      </div>
    </DecisionBar>
  );
}

/** What this person may do at the gate now. */
function useSigning(gate: Gate) {
  const self = useSelf();
  return useLive((state) => {
    const member = self && state.members.get(self);
    if (!member) return { roles: [], preferred: null, mayTurnDown: false };
    const slots = gateSlots(state, gate);
    const open = [...new Set(slotsOf(slots, self).map(({ roleId }) => roleId))];
    const roles = open.map(
      (roleId): SigningRole => ({
        roleId,
        overrideBy: entitlement(state, member, roleId)?.overrideBy ?? null,
      }),
    );
    // Rather the slot that no agent has been asked to fill.
    const preferred = slotsNeeding(gate, slots, self)[0]?.roleId ?? open[0] ?? null;
    return { roles, preferred, mayTurnDown: isEntitledToAny(state, gate, member) };
  });
}

interface RoleChoiceProps {
  roles: readonly SigningRole[];
  value: RoleId | null;
  onChange: (roleId: RoleId) => void;
}

function RoleChoice({ roles, value, onChange }: RoleChoiceProps) {
  return (
    <RadioGroup
      value={value}
      onChange={(id) => {
        const role = roles.find(({ roleId }) => roleId === id);
        if (role) onChange(role.roleId);
      }}
      orientation="horizontal"
      className="flex flex-col gap-1"
    >
      <Label className="font-medium text-muted text-xs">{strings.signAs}</Label>
      <div className="flex flex-wrap gap-2">
        {roles.map(({ roleId, overrideBy }) => (
          <Radio
            key={roleId}
            value={roleId}
            className="flex items-baseline gap-2 rounded-md border border-line-strong/60 bg-raised px-3 py-1 transition-colors duration-150 data-selected:border-alive data-hovered:bg-hover data-selected:bg-alive-soft"
          >
            <span className="font-mono">{roleId}</span>
            <span className="text-muted text-xs">
              {overrideBy ? `${overrideBy}, ${strings.overrides(roleId)}` : strings.holds}
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}

function doneWords(decision: Decision, { name, request }: Gate): string {
  switch (decision) {
    case 'approve':
      return strings.signed(name);
    case 'request_changes':
      return request ? strings.rejectedWithNote(name) : strings.sentBack(name);
    case 'veto':
      return request ? strings.vetoedApproval(name) : strings.vetoDone(name);
  }
}
