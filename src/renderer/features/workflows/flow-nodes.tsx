/** How a step and a gate look on the drawing. */
import type { Node, NodeProps } from '@xyflow/react';
import { Handle, Position } from '@xyflow/react';
import { memo } from 'react';
import type { Finding } from '../../../core/workflow/finding.ts';
import type { GateRule, Step } from '../../../core/workflow/workflow.ts';
import type { FlowItem } from '../../canvas/flow.ts';
import { endOf, startOf } from '../../canvas/flow-connections.ts';
import { classNames } from '../../design/class-names.ts';
import { Icon } from '../../design/icon.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import { useFlowView } from './flow-view.ts';
import type { RuleSlots } from './rule-slots.ts';
import { strings } from './strings.ts';

export type FlowNode = Node<{ item: FlowItem }, 'step' | 'gate'>;

const StepNode = memo(function StepNode({ data: { item }, selected = false }: NodeProps<FlowNode>) {
  const { findings, leadingFrom, workflow } = useFlowView();
  const { step } = item;
  const finding = worst(findings.filter(({ stepId, gate }) => stepId === step.id && gate === null));
  const next = workflow.steps.filter(({ dependsOn }) => dependsOn.includes(step.id)).length;
  return (
    <div
      title={finding?.message}
      className={classNames(
        'group relative flex h-full flex-col rounded-md border bg-surface px-3 py-2',
        selected ? 'border-alive ring-2 ring-alive/40' : borderOf(finding),
        leadingFrom === step.id && 'border-alive',
      )}
    >
      <Ends item={item} />
      <p className="flex items-baseline gap-2 text-faint text-xs">
        <span className="font-mono">{step.id}</span>
        <span className="min-w-0 flex-1 truncate font-mono text-alive">{step.roleId}</span>
        {step.complexity !== 1 && <span className="font-mono">×{step.complexity}</span>}
        {finding && <StatusDot status={finding.severity === 'error' ? 'failure' : 'waiting'} />}
      </p>
      <p className="line-clamp-1 font-medium">{step.title}</p>
      <Extras step={step} next={next} />
      <Adders step={step} />
    </div>
  );
});

function Extras({ step, next }: { step: Step; next: number }) {
  const extras = [
    ...(step.dependsOn.length > 1 ? [strings.waitsForAll(step.dependsOn.length)] : []),
    ...(next > 1 ? [strings.splits(next)] : []),
    ...(step.checks.length > 0 ? [strings.checks(step.checks.length)] : []),
    ...(step.requiresCapabilities.length > 0
      ? [strings.capabilities(step.requiresCapabilities.join(', '))]
      : []),
  ];
  return <p className="truncate text-faint text-xs">{extras.join(' · ')}</p>;
}

/** At the lower edge of a step under the pointer, at both sides of its end: what comes next. */
function Adders({ step }: { step: Step }) {
  const { onAddStep, onAddGate } = useFlowView();
  return (
    <span className="nodrag nopan pointer-events-none absolute -bottom-3.5 left-1/2 flex -translate-x-1/2 gap-6 opacity-0 transition-opacity duration-150 group-focus-within:opacity-100 group-hover:opacity-100">
      <Adder label={strings.gateAfter(step.title)} icon="gate" onPress={() => onAddGate(step.id)} />
      <Adder label={strings.stepAfter(step.title)} icon="plus" onPress={() => onAddStep(step.id)} />
    </span>
  );
}

function Adder({ label, icon, onPress }: { label: string; icon: 'gate' | 'plus'; onPress: () => void }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={label}
      title={label}
      onClick={onPress}
      className="pointer-events-auto grid size-7 place-items-center rounded-full border border-line-strong bg-raised text-alive shadow-raised hover:bg-hover"
    >
      <Icon name={icon} className="size-3.5" />
    </button>
  );
}

const GateNode = memo(function GateNode({ data: { item }, selected = false }: NodeProps<FlowNode>) {
  const { findings, slots: slotsOf } = useFlowView();
  if (item.kind !== 'gate') return null;
  const { gate, step } = item;
  const finding = worst(findings.filter((one) => one.stepId === step.id && one.gate === gate.name));
  const slots = slotsOf.get(gate.name) ?? [];
  const who = slots.map(({ roleId, count, names }) => strings.slot(roleId, count, names));
  return (
    <div
      title={finding?.message ?? strings.slots(gate.name, who.join('; '))}
      className="relative flex h-full items-center"
    >
      <Ends item={item} />
      <svg viewBox="0 0 48 48" className="absolute left-1/2 size-11.5 -translate-x-1/2" aria-hidden="true">
        <path
          d="M24 3 45 24 24 45 3 24z"
          strokeWidth="1.6"
          className={classNames(
            'fill-surface',
            selected ? 'stroke-alive' : finding ? strokeOf(finding) : 'stroke-needs',
          )}
        />
        {selected && (
          <path d="M24 0 48 24 24 48 0 24z" fill="none" className="stroke-alive/40" strokeWidth="1.6" />
        )}
        <Pips gate={gate} slots={slots} />
      </svg>
      <span className="absolute left-[calc(50%+30px)] flex w-36 flex-col">
        <span className="truncate font-mono text-xs leading-4">{gate.name}</span>
        {slots.slice(0, shownSlots).map(({ roleId, count, names, unfilled }) => (
          <span
            key={roleId}
            className={classNames('truncate text-xs leading-4', unfilled > 0 ? 'text-failure' : 'text-faint')}
          >
            {strings.slot(roleId, count, names)}
          </span>
        ))}
      </span>
    </div>
  );
});

/** More of them would reach into what stands above and below. */
const shownSlots = 3;

/** A dot for each signature that it takes, red where nobody could give it; a person below them when one must be a human's. */
function Pips({ gate, slots }: { gate: GateRule; slots: readonly RuleSlots[] }) {
  const fillable = slots.flatMap(({ count, unfilled }) =>
    Array.from({ length: count }, (_, n) => n < count - unfilled),
  );
  const shown = Math.min(fillable.length, 5);
  return (
    <g>
      {Array.from({ length: shown }, (_, n) => (
        <circle
          // biome-ignore lint/suspicious/noArrayIndexKey: a pip is its place
          key={n}
          cx={24 + (n - (shown - 1) / 2) * 7}
          cy={gate.humanRequired ? 22 : 24}
          r="2.4"
          className={fillable[n] ? 'fill-needs' : 'fill-failure'}
        />
      ))}
      {gate.humanRequired && (
        <path
          d="M24 27.5a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM20.4 37c.3-2.4 1.8-3.6 3.6-3.6s3.3 1.2 3.6 3.6"
          fill="none"
          className="stroke-needs"
          strokeWidth="1.2"
        />
      )}
    </g>
  );
}

/** Lines end at the first and begin at the last thing of a strip; in between they only pass. */
function Ends({ item }: { item: FlowItem }) {
  const isFirst = startOf(item.step) === item.id;
  const isLast = endOf(item.step) === item.id;
  return (
    <>
      <Handle
        type="target"
        position={Position.Top}
        isConnectable={isFirst}
        className={isFirst ? 'flow-handle' : 'flow-handle is-hidden'}
      />
      <Handle
        type="source"
        position={Position.Bottom}
        isConnectable={isLast}
        className={isLast ? 'flow-handle' : 'flow-handle is-hidden'}
      />
    </>
  );
}

function worst(findings: readonly Finding[]): Finding | undefined {
  return findings.find(({ severity }) => severity === 'error') ?? findings[0];
}

const borderOf = (finding: Finding | undefined): string =>
  finding?.severity === 'error' ? 'border-failure' : finding ? 'border-waiting/70' : 'border-line-strong/70';
const strokeOf = (finding: Finding): string =>
  finding.severity === 'error' ? 'stroke-failure' : 'stroke-waiting';

export const nodeTypes = { step: StepNode, gate: GateNode };
