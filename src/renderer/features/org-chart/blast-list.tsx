/** The blast radius in words: what breaks first, then whose work moves, then who may do what. */
import type { ReactNode } from 'react';
import type { BlastRadius, CapabilityChange, TaskChange } from '../../../core/org/chart/blast-radius.ts';
import { isHarmless } from '../../../core/org/chart/blast-radius.ts';
import type { Status } from '../../design/status-dot.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import { strings } from './strings.ts';

export function BlastList({ radius }: { radius: BlastRadius }) {
  const { breaks, repairs, stuckGates, voided, tasks, capabilities } = radius;
  return (
    <div className="flex flex-col gap-4">
      {isHarmless(radius) && (
        <p className="flex items-center gap-2">
          <StatusDot status="done" />
          {strings.harmless}
        </p>
      )}
      <Part title={strings.breaksTitle} status="failure">
        {breaks.map(({ workflow, finding }) => (
          <Line
            key={`${workflow} ${finding.message}`}
            about={workflow}
            more={finding.repairs.map(({ text }) => text).join(' · ')}
          >
            {finding.message}
          </Line>
        ))}
      </Part>
      <Part title={strings.stuckTitle} status="failure">
        {stuckGates.map(({ gateId, name, epic }) => (
          <Line key={gateId} about={name}>
            {epic === null ? '' : strings.inEpic(epic)}
          </Line>
        ))}
      </Part>
      <Part title={strings.voidedTitle} status="waiting">
        {voided.map(({ gateId, gate, by }) => (
          <Line key={`${gateId} ${by}`}>{strings.voided(by, gate)}</Line>
        ))}
      </Part>
      <Part title={strings.tasksTitle} status="waiting">
        {tasks.map((task) => (
          <Line key={task.taskId} about={task.title}>
            {taskWords(task)}
          </Line>
        ))}
      </Part>
      <Part title={strings.repairsTitle} status="done">
        {repairs.map(({ workflow, finding }) => (
          <Line key={`${workflow} ${finding.message}`} about={workflow}>
            {finding.gate ?? finding.stepId}
          </Line>
        ))}
      </Part>
      <Part title={strings.capabilitiesTitle} status="idle">
        {capabilities.slice(0, mostShown).map((change) => (
          <Line key={change.memberId} about={change.name}>
            <CapabilityWords change={change} />
          </Line>
        ))}
        {capabilities.length > mostShown && [
          <Line key="more">{strings.andMore(capabilities.length - mostShown)}</Line>,
        ]}
      </Part>
    </div>
  );
}

const mostShown = 40;

function Part({ title, status, children }: { title: string; status: Status; children: ReactNode }) {
  const lines = (Array.isArray(children) ? children : [children]).flat().filter(Boolean);
  if (lines.length === 0) return null;
  return (
    <section aria-label={title}>
      <h4 className="mb-1.5 flex items-center gap-2 font-medium">
        <StatusDot status={status} />
        {title}
      </h4>
      <ul className="ml-1.5 flex flex-col gap-1.5 border-line border-l pl-4">{lines}</ul>
    </section>
  );
}

function Line({ about, more, children }: { about?: string; more?: string; children: ReactNode }) {
  return (
    <li>
      {about && <span className="mr-1.5 font-medium">{about}</span>}
      <span className="text-muted">{children}</span>
      {more && <span className="block text-faint text-xs">{more}</span>}
    </li>
  );
}

function taskWords({ what, from, to }: TaskChange): string {
  return strings.taskMoves[what](
    from ?? strings.anybody,
    to.length === 0 ? strings.noTaker : strings.oneOf(to),
  );
}

function CapabilityWords({ change: { what, gains, loses } }: { change: CapabilityChange }) {
  return (
    <>
      {what === 'joins' && `${strings.joins} `}
      {what === 'leaves' && `${strings.leaves} `}
      {gains.length > 0 && (
        <span className="block font-mono text-[11px] text-alive">{`+ ${gains.join(', ')}`}</span>
      )}
      {loses.length > 0 && (
        <span className="block font-mono text-[11px] text-failure">{`− ${loses.join(', ')}`}</span>
      )}
    </>
  );
}
