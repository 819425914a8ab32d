/** One gate: where it stands, who must sign it, and what happens when nobody does. */
import { durationText, durationTextSchema } from '../../../core/org/duration-text.ts';
import type { GateRule, RoleRequirement, Step } from '../../../core/workflow/workflow.ts';
import { CommitField } from '../../canvas/commit-field.tsx';
import { InspectorSection } from '../../canvas/inspector.tsx';
import { Button } from '../../design/button.tsx';
import { Segmented } from '../../design/segmented.tsx';
import { Select } from '../../design/select.tsx';
import { Toggle } from '../../design/toggle.tsx';
import { changeGate } from './edit-workflow.ts';
import { useFlowView } from './flow-view.ts';
import { Names } from './names.tsx';
import type { RuleSlots } from './rule-slots.ts';
import { strings } from './strings.ts';
import type { WorkflowDraft } from './use-workflow-draft.ts';

export interface GateInspectorProps {
  gate: GateRule;
  step: Step;
  draft: WorkflowDraft;
  attempt: WorkflowDraft['attempt'];
  roles: readonly string[];
  /** It goes by another name from now on. */
  onRename: (name: string) => void;
}

export function GateInspector({ gate, step, draft, attempt, roles, onRename }: GateInspectorProps) {
  const change = (fields: Partial<GateRule>) =>
    attempt(strings.changedGate(gate.name), changeGate(draft.drawn, gate.name, fields));
  const rename = (name: string) => {
    const refused = change({ name: name.trim() });
    if (refused === null) onRename(name.trim());
    return refused;
  };
  const setTimeLimit = (text: string) => {
    if (text.trim() === '') return change({ timeout: null });
    const timeout = durationTextSchema.safeParse(text.trim());
    return timeout.success ? change({ timeout: timeout.data }) : strings.timeoutInvalid;
  };
  return (
    <>
      <InspectorSection title={strings.gateOf[gate.position](step.title)}>
        <CommitField label={strings.name} value={gate.name} onCommit={rename} />
        <Segmented
          label={strings.position}
          value={gate.position}
          onChange={(position) => change({ position })}
          segments={(['before', 'after'] as const).map((value) => ({
            value,
            label: strings.positions[value],
          }))}
        />
      </InspectorSection>
      <Slots gate={gate} roles={roles} onChange={(requires) => change({ requires })} />
      <InspectorSection title={strings.signers}>
        <Toggle
          label={strings.humanRequired}
          isOn={gate.humanRequired}
          onChange={(humanRequired) => change({ humanRequired })}
        />
        <Toggle
          label={strings.selfApproval}
          isOn={gate.selfApproval === 'allowed'}
          onChange={(isOn) => change({ selfApproval: isOn ? 'allowed' : 'forbidden' })}
        />
        <Toggle label={strings.distinct} isOn={gate.distinct} onChange={(distinct) => change({ distinct })} />
      </InspectorSection>
      <InspectorSection title={strings.timeout}>
        <CommitField
          label={strings.timeout}
          help={strings.timeoutHelp}
          value={gate.timeout === null ? '' : durationText(gate.timeout)}
          onCommit={setTimeLimit}
        />
        {gate.timeout !== null && (
          <Segmented
            label={strings.onTimeout}
            value={gate.onTimeout}
            onChange={(onTimeout) => change({ onTimeout })}
            segments={(['escalate', 'reject'] as const).map((value) => ({
              value,
              label: strings.onTimeouts[value],
            }))}
          />
        )}
      </InspectorSection>
    </>
  );
}

const mostOfRole = 20;

function Slots({
  gate,
  roles,
  onChange,
}: {
  gate: GateRule;
  roles: readonly string[];
  onChange: (requires: readonly RoleRequirement[]) => void;
}) {
  const { requires } = gate;
  const slots = useFlowView().slots.get(gate.name);
  const free = roles.filter((role) => !requires.some(({ roleId }) => roleId === role));
  const set = (roleId: string, count: number) =>
    onChange(requires.map((one) => (one.roleId === roleId ? { ...one, count } : one)));
  return (
    <InspectorSection title={strings.required}>
      <ul className="flex flex-col gap-1">
        {requires.map(({ roleId, count }) => (
          <li key={roleId} className="flex flex-wrap items-center gap-1">
            <span className="min-w-0 flex-1 truncate font-mono text-needs">{roleId}</span>
            <Button
              size="small"
              look="quiet"
              icon="minus"
              aria-label={strings.fewer(roleId)}
              isDisabled={count === 1}
              onPress={() => set(roleId, count - 1)}
            />
            <span className="w-5 text-center font-mono">{count}</span>
            <Button
              size="small"
              look="quiet"
              icon="plus"
              aria-label={strings.moreOf(roleId)}
              isDisabled={count === mostOfRole}
              onPress={() => set(roleId, count + 1)}
            />
            <Button
              size="small"
              look="quiet"
              icon="cross"
              aria-label={strings.removeSlot(roleId)}
              isDisabled={requires.length === 1}
              onPress={() => onChange(requires.filter((one) => one.roleId !== roleId))}
            />
            <WhoCouldSign slots={slots?.find((one) => one.roleId === roleId)} />
          </li>
        ))}
      </ul>
      {free.length > 0 && (
        <Select
          label={strings.addSlot}
          options={[
            { value: '', label: strings.choose },
            ...free.map((role) => ({ value: role, label: role })),
          ]}
          value=""
          onChange={(role) => {
            if (role !== '') onChange([...requires, { roleId: role as RoleRequirement['roleId'], count: 1 }]);
          }}
        />
      )}
    </InspectorSection>
  );
}

function WhoCouldSign({ slots }: { slots: RuleSlots | undefined }) {
  if (!slots) return null;
  return (
    <div className="w-full pb-1">
      <Names names={slots.names} />
      {slots.unfilled > 0 && slots.names.length > 0 && (
        <p className="text-failure text-xs">{strings.unfilled(slots.unfilled)}</p>
      )}
    </div>
  );
}
