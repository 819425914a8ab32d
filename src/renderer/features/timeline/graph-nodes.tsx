/** How a step and a gate of an epic look on its drawing, as they are now: who holds it, which attempt, what it waits for. */
import type { Node, NodeProps } from '@xyflow/react';
import { Handle, Position } from '@xyflow/react';
import { memo } from 'react';
import { slotsNeeding } from '../../../core/gate/asked-slots.ts';
import type { TaskState } from '../../../core/task/task.ts';
import type { EpochMs } from '../../../core/units.ts';
import type { GateSlot } from '../../company/gate-slots.ts';
import { gateSlots } from '../../company/gate-slots.ts';
import { MemberAvatar } from '../../company/member-avatar.tsx';
import { gatePhase, taskPhase } from '../../company/phase.ts';
import { reasonToWait } from '../../company/reason-to-wait.ts';
import { classNames } from '../../design/class-names.ts';
import { Icon } from '../../design/icon.tsx';
import type { Status } from '../../design/status-dot.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import { Lasting } from '../../lib/ago.tsx';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { useNow } from '../../lib/use-now.ts';
import type { GraphItem } from './epic-graph.ts';
import { roundsOf } from './epic-graph.ts';
import { strings } from './strings.ts';

export type GraphNode = Node<{ item: GraphItem; isCritical: boolean }, 'step' | 'gate'>;

const borders: Record<Status, string> = {
  alive: 'border-alive',
  waiting: 'border-waiting/70',
  needs: 'border-needs',
  failure: 'border-failure',
  idle: 'border-line border-dashed',
  done: 'border-line-strong/70',
};

const hasHandedIn: ReadonlySet<TaskState> = new Set(['awaiting_gate', 'done']);

const StepNode = memo(function StepNode({
  data: { item, isCritical },
  selected = false,
}: NodeProps<GraphNode>) {
  const self = useSelf();
  const now = useNow();
  const seen = useLive((state) => {
    const task = state.tasks.get(item.step.id);
    if (!task) return null;
    const holderId = task.lease?.memberId ?? (hasHandedIn.has(task.state) ? task.assigneeId : null);
    return {
      task,
      holder: holderId ? state.members.get(holderId) : undefined,
      reason: reasonToWait(state, task, self, now as EpochMs),
      story: task.storyId ? state.stories.get(task.storyId)?.title : undefined,
    };
  });
  if (!seen) return null;
  const { task, holder, reason } = seen;
  const phase = taskPhase(task);
  const isYours = reason?.yours === true;
  const attempt = task.attempts.at(-1);
  return (
    <div
      className={classNames(
        'relative flex h-full flex-col gap-0.5 rounded-md border bg-surface px-3 py-2 transition-[border-color,box-shadow] duration-150',
        selected ? 'border-alive ring-2 ring-alive/40' : borders[isYours ? 'needs' : phase.status],
        phase.live && !selected && 'shadow-glow',
      )}
    >
      <Ends />
      <p className="flex items-center gap-1.5 text-muted text-xs">
        <StatusDot status={isYours ? 'needs' : phase.status} live={phase.live} />
        <span className="min-w-0 flex-1 truncate">
          {phase.label}
          {!holder && task.roleId && <span className="ml-1.5 font-mono text-faint">{task.roleId}</span>}
        </span>
        {task.attempts.length > 1 && (
          <span className="font-mono text-waiting">{strings.attemptsMade(task.attempts.length)}</span>
        )}
        {attempt && (
          <Lasting from={attempt.startedAt} to={attempt.endedAt} className="font-mono text-faint" />
        )}
        {isCritical && <CriticalSign />}
      </p>
      <p className="truncate font-medium" title={task.title}>
        {task.title}
      </p>
      <p className="flex min-w-0 items-center gap-1.5 text-xs">
        {holder && <MemberAvatar member={holder} size="small" live={task.state === 'leased'} />}
        {holder && !reason && <span className="truncate text-muted">{holder.name}</span>}
        {reason && (
          <span
            title={reason.text}
            className={classNames('min-w-0 flex-1 truncate', isYours ? 'text-needs' : 'text-waiting')}
          >
            {reason.text}
          </span>
        )}
      </p>
    </div>
  );
});

function CriticalSign() {
  return (
    <span title={strings.criticalMore} className="flex shrink-0 items-center text-needs">
      <Icon name="critical" className="size-4" />
      <span className="sr-only">{strings.critical}</span>
    </span>
  );
}

const GateNode = memo(function GateNode({ data: { item }, selected = false }: NodeProps<GraphNode>) {
  const self = useSelf();
  const seen = useLive((state) => {
    const gate = item.kind === 'gate' ? state.gates.get(item.gate.name) : undefined;
    if (!gate) return null;
    const slots = gateSlots(state, gate);
    const task = state.tasks.get(item.step.id);
    return {
      gate,
      slots,
      yours: slotsNeeding(gate, slots, self),
      rounds: task ? roundsOf(task, gate.id) : 0,
    };
  });
  if (!seen) return null;
  const { gate, slots, yours, rounds } = seen;
  const phase = gatePhase(gate);
  const status = yours.length > 0 ? 'needs' : phase.status;
  const filled = slots.filter(({ signOff }) => signOff !== null).length;
  const [first] = yours;
  return (
    <div className="relative flex h-full items-center">
      <Ends />
      <svg viewBox="0 0 52 52" className="absolute left-1/2 size-13 -translate-x-1/2" aria-hidden="true">
        <path
          d="M26 3 49 26 26 49 3 26z"
          strokeWidth={status === 'needs' ? 2.2 : 1.6}
          {...(gate.state === 'pending' && { strokeDasharray: '4 3' })}
          className={classNames('fill-surface', selected ? 'stroke-alive' : strokes[status])}
        />
        {selected && (
          <path d="M26 0 52 26 26 52 0 26z" fill="none" className="stroke-alive/40" strokeWidth="1.6" />
        )}
        <Slots slots={slots} yours={yours} />
      </svg>
      <span className="absolute left-[calc(50%+32px)] flex w-40 flex-col">
        <span className="truncate font-mono text-xs leading-4" title={gate.name}>
          {gate.name}
        </span>
        <span
          className={classNames('truncate text-xs leading-4', first ? 'text-needs' : 'text-muted')}
          title={phase.label}
        >
          <span className="font-mono">
            {filled}/{slots.length}
          </span>{' '}
          {first ? strings.signAs(first.roleId) : phase.label}
        </span>
        {rounds > 0 && (
          <span className="truncate text-waiting text-xs leading-4">{strings.sentBack(rounds)}</span>
        )}
      </span>
    </div>
  );
});

const strokes: Record<Status, string> = {
  alive: 'stroke-alive',
  waiting: 'stroke-waiting',
  needs: 'stroke-needs',
  failure: 'stroke-failure',
  idle: 'stroke-line-strong',
  done: 'stroke-alive',
};

const shownSlots = 4;

/** A small diamond for each slot, full once it is signed; more than fit are a number. */
function Slots({ slots, yours }: { slots: readonly GateSlot[]; yours: readonly GateSlot[] }) {
  if (slots.length > shownSlots) {
    const filled = slots.filter(({ signOff }) => signOff !== null).length;
    return (
      <text x="26" y="30" textAnchor="middle" className="fill-ink font-mono text-2xs">
        {filled}/{slots.length}
      </text>
    );
  }
  return slots.map((slot, at) => {
    const x = 26 + (at - (slots.length - 1) / 2) * 9;
    return (
      <path
        key={slot.key}
        d={`M${x} 21.4 ${x + 4.2} 26 ${x} 30.6 ${x - 4.2} 26z`}
        strokeWidth="1.3"
        className={classNames(
          slot.signOff ? 'animate-fill fill-alive stroke-alive' : 'fill-none',
          !slot.signOff && (yours.includes(slot) ? 'stroke-needs' : 'stroke-faint'),
        )}
        style={{ transformBox: 'fill-box', transformOrigin: 'center' }}
      />
    );
  });
}

/** Where lines begin and end; nobody leads one here. */
function Ends() {
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} className="invisible" />
      <Handle type="source" position={Position.Bottom} isConnectable={false} className="invisible" />
    </>
  );
}

export const nodeTypes = { step: StepNode, gate: GateNode };
