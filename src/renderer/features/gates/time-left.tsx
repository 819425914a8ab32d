/** How long a gate may still wait, running down, and in words what happens then. */
import type { Gate } from '../../../core/gate/gate.ts';
import { nextAsked } from '../../../core/gate/time-out.ts';
import type { EpochMs } from '../../../core/units.ts';
import { Icon } from '../../design/icon.tsx';
import { Meter } from '../../design/meter.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { formatDuration, formatExact } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { strings } from './strings.ts';

const soonMs = 10 * 60_000;

export function TimeLeft({ gate }: { gate: Gate }) {
  if (gate.state !== 'waiting' || gate.deadline === null) return null;
  return <Running gate={gate} deadline={gate.deadline} />;
}

function Running({ gate, deadline }: { gate: Gate; deadline: EpochMs }) {
  const now = useNow();
  const then = useLive((state) =>
    gate.rule.onTimeout === 'reject'
      ? strings.thenRejected
      : nextAsked(state, gate)
          .map(({ roleId, to }) => strings.thenAsked(to, roleId))
          .join(' '),
  );
  const left = Math.max(0, deadline - now);
  const isSoon = left <= soonMs;
  const whole = gate.rule.timeout ?? left;
  return (
    <section
      aria-label={strings.timeLeft}
      className={`flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border px-3 py-2 ${isSoon ? 'border-waiting bg-waiting-soft' : 'border-line bg-surface'}`}
    >
      <Icon name="clock" className="text-waiting" />
      <time
        role="timer"
        dateTime={new Date(deadline).toISOString()}
        title={formatExact(deadline)}
        className="font-mono text-lg text-waiting tabular-nums"
      >
        {left === 0 ? strings.timeIsUp : formatDuration(left)}
      </time>
      <Meter
        label={strings.timeLeft}
        value={left / Math.max(1, whole)}
        tone="waiting"
        bare
        className="w-40"
      />
      <p className="min-w-0 flex-1">{then}</p>
      {/* Said once when it becomes short, not each second. */}
      <p aria-live="polite" className="sr-only">
        {isSoon && strings.soonUp}
      </p>
    </section>
  );
}
