/** Passes a slot on to another who may sign it: which, to whom, and what they should know. */
import { useState } from 'react';
import type { Gate } from '../../../core/gate/gate.ts';
import type { MemberId, RoleId } from '../../../core/ids.ts';
import { gateSlots } from '../../company/gate-slots.ts';
import { RefusalNotice } from '../../company/refusal-notice.tsx';
import { strings as shared } from '../../company/strings.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { DialogActs } from '../../design/dialog-acts.tsx';
import { Field } from '../../design/field.tsx';
import { Select } from '../../design/select.tsx';
import { toast } from '../../design/toast.tsx';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { useCommand } from '../../lib/use-command.ts';
import { strings } from './strings.ts';

export interface DelegateProps {
  gate: Gate;
  /** The open slots that this person could fill themselves. */
  roles: readonly RoleId[];
  onClose: () => void;
}

export function DelegateDialog(props: DelegateProps) {
  return (
    <Dialog
      title={strings.delegateTitle(props.gate.name)}
      closeLabel={strings.close}
      isOpen
      onClose={props.onClose}
    >
      <DelegateForm {...props} />
    </Dialog>
  );
}

function DelegateForm({ gate, roles, onClose }: DelegateProps) {
  const self = useSelf();
  const [chosenRole, chooseRole] = useState<RoleId | null>(null);
  const [chosen, choose] = useState<MemberId | null>(null);
  const [note, setNote] = useState('');
  const { run, pending, refusal } = useCommand();
  const roleId = roles.find((role) => role === chosenRole) ?? roles[0];
  const others = useLive((state) =>
    gateSlots(state, gate)
      .filter((slot) => slot.signOff === null && slot.roleId === roleId)
      .slice(0, 1)
      .flatMap(({ entitled }) => entitled.filter(({ id }) => id !== self)),
  );
  const to = others.find(({ id }) => id === chosen) ?? others[0];
  if (!roleId || !to) return <p>{strings.nobodyElse}</p>;
  const pass = async () => {
    if (!(await run({ type: 'gate.delegate', gateId: gate.id, roleId, to: to.id, note }))) return;
    toast('alive', strings.delegated(gate.name, to.name));
    onClose();
  };
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">{strings.delegateHelp}</p>
      {roles.length > 1 && (
        <Select
          label={strings.slot}
          options={roles.map((role) => ({ value: role, label: role }))}
          value={roleId}
          onChange={chooseRole}
        />
      )}
      <Select
        label={strings.delegateTo}
        options={others.map(({ id, name, kind }) => ({ value: id, label: `${name} · ${shared[kind]}` }))}
        value={to.id}
        onChange={choose}
      />
      <Field label={strings.delegateNote} value={note} onChange={setNote} lines={2} />
      <RefusalNotice refusal={refusal} />
      <DialogActs leave={strings.close} onLeave={onClose}>
        <Button look="primary" isPending={pending} onPress={() => void pass()}>
          {strings.delegateDo(to.name)}
        </Button>
      </DialogActs>
    </div>
  );
}
