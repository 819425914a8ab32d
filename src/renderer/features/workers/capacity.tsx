/** How many workers and calls to models there are of how many there may be, with the switches of the whole. */
import { Button } from '../../design/button.tsx';
import { Meter } from '../../design/meter.tsx';
import { Notice } from '../../design/notice.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { LimitsDialog } from './limits-dialog.tsx';
import { StopSwitch } from './stop-switch.tsx';
import { strings } from './strings.ts';
import { useStaffing } from './use-staffing.ts';

export interface CapacityProps {
  /** Its limits are being changed. */
  isLimiting: boolean;
  onLimit: (isLimiting: boolean) => void;
}

export function Capacity({ isLimiting, onLimit }: CapacityProps) {
  const { answer: staffing, refusal } = useStaffing();
  if (!staffing) {
    if (!refusal) return <Skeleton label={strings.capacityLoading} rows={2} />;
    return (
      <Notice tone="waiting" action={<StopSwitch />}>
        {refusal}
      </Notice>
    );
  }
  const { workers, llmCalls } = staffing;
  return (
    <section aria-label={strings.capacity} className="flex flex-wrap items-center gap-x-8 gap-y-3">
      <Share
        name={strings.workersAtOnce}
        used={workers.live}
        atMost={workers.atMost}
        none={strings.startsNone}
        help={strings.ofAllCompanies}
      />
      <Share
        name={strings.callsAtOnce}
        used={llmCalls.underWay}
        atMost={llmCalls.atMost}
        none=""
        help={llmCalls.waiting > 0 ? strings.callsWait(llmCalls.waiting) : strings.noCallWaits}
      />
      <Button size="small" onPress={() => onLimit(true)}>
        {strings.changeLimits}
      </Button>
      <span className="flex-1" />
      <StopSwitch />
      <LimitsDialog staffing={staffing} isOpen={isLimiting} onClose={() => onLimit(false)} />
    </section>
  );
}

interface ShareProps {
  name: string;
  used: number;
  /** 0: there may be none. */
  atMost: number;
  /** Said when there may be none. */
  none: string;
  help: string;
}

function Share({ name, used, atMost, none, help }: ShareProps) {
  const isFull = used >= atMost;
  return (
    <div className="w-56">
      <p className="flex items-baseline justify-between gap-2">
        <span className="text-muted text-xs">{name}</span>
        <span className="whitespace-nowrap font-mono tabular-nums">
          {atMost === 0 ? '0' : strings.ofAtMost(used, atMost)}
        </span>
      </p>
      <Meter
        label={name}
        value={atMost === 0 ? 0 : Math.min(1, used / atMost)}
        tone={isFull ? 'waiting' : 'alive'}
        bare
        className="my-1"
      />
      <p className="text-faint text-xs">{atMost === 0 ? none : help}</p>
    </div>
  );
}
