/** The panel beside the drawing: what is chosen, who does or signs it, each attempt, and the way to it. */
import { Link } from 'wouter';
import { slotsNeeding } from '../../../core/gate/asked-slots.ts';
import type { GateId, TaskId } from '../../../core/ids.ts';
import type { EpochMs } from '../../../core/units.ts';
import { InspectorSection } from '../../canvas/inspector.tsx';
import { AttemptList } from '../../company/attempt-list.tsx';
import { gateSlots } from '../../company/gate-slots.ts';
import { gatePhase, taskPhase } from '../../company/phase.ts';
import { reasonToWait } from '../../company/reason-to-wait.ts';
import { SlotRow } from '../../company/slot-row.tsx';
import { Icon } from '../../design/icon.tsx';
import { Tag } from '../../design/tag.tsx';
import { Until } from '../../lib/ago.tsx';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { useNow } from '../../lib/use-now.ts';
import type { GraphItem } from './epic-graph.ts';
import { strings } from './strings.ts';

export function GraphInspector({ item, isCritical }: { item: GraphItem; isCritical: boolean }) {
  return item.kind === 'gate' ? (
    <GateFacts gateId={item.gate.name} />
  ) : (
    <TaskFacts taskId={item.step.id} isCritical={isCritical} />
  );
}

function TaskFacts({ taskId, isCritical }: { taskId: TaskId; isCritical: boolean }) {
  const self = useSelf();
  const now = useNow();
  const { task, reason } = useLive((state) => {
    const found = state.tasks.get(taskId);
    return { task: found, reason: found ? reasonToWait(state, found, self, now as EpochMs) : null };
  });
  if (!task) return null;
  const phase = taskPhase(task);
  return (
    <>
      <InspectorSection title={strings.step} aside={<Tag tone={phase.tone}>{phase.label}</Tag>}>
        <h3 className="font-semibold text-base">{task.title}</h3>
        {task.roleId && <p className="font-mono text-muted text-xs">{task.roleId}</p>}
        {reason && (
          <p className={reason.yours ? 'text-needs' : 'text-waiting'}>{strings.because(reason.text)}</p>
        )}
        {isCritical && (
          <p className="flex items-start gap-1.5 text-muted text-xs">
            <Icon name="critical" className="size-4 text-needs" />
            {strings.criticalMore}
          </p>
        )}
        <Way href={`/board/${task.epicId}/${task.id}`}>{strings.openTask}</Way>
      </InspectorSection>
      {task.attempts.length > 0 && (
        <InspectorSection title={strings.attempts}>
          <AttemptList attempts={task.attempts} />
        </InspectorSection>
      )}
    </>
  );
}

function GateFacts({ gateId }: { gateId: GateId }) {
  const self = useSelf();
  const seen = useLive((state) => {
    const gate = state.gates.get(gateId);
    return gate && { gate, slots: gateSlots(state, gate) };
  });
  if (!seen) return null;
  const { gate, slots } = seen;
  const phase = gatePhase(gate);
  return (
    <>
      <InspectorSection title={strings.gate} aside={<Tag tone={phase.tone}>{phase.label}</Tag>}>
        <h3 className="font-mono font-semibold text-base">{gate.name}</h3>
        {gate.refusal && <p className="whitespace-pre-wrap break-words text-waiting">{gate.refusal.note}</p>}
        {gate.deadline !== null && gate.state === 'waiting' && (
          <p className="text-waiting text-xs">
            {strings.timesOut} <Until at={gate.deadline} />
          </p>
        )}
        <Way href={`/gates/${gate.id}`}>{strings.openGate}</Way>
      </InspectorSection>
      <InspectorSection title={strings.signOffs}>
        <SlotRow slots={slots} yours={slotsNeeding(gate, slots, self)} />
      </InspectorSection>
    </>
  );
}

function Way({ href, children }: { href: string; children: string }) {
  return (
    <Link
      href={href}
      className="flex h-8 w-max items-center gap-1.5 rounded-md border border-line-strong/60 bg-raised px-3 hover:bg-hover"
    >
      {children}
      <Icon name="next" />
    </Link>
  );
}
