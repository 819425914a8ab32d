/** The company of a moment at a glance: its figures, the gates that waited, and how far each epic was. */
import { Link } from 'wouter';
import { progressOf } from '../../../core/epic/progress.ts';
import { epicStatus } from '../../company/epic-status.ts';
import { GatePips } from '../../company/gate-pips.tsx';
import { gateSlots } from '../../company/gate-slots.ts';
import { strings as shared } from '../../company/strings.ts';
import { WorkflowStrip } from '../../company/workflow-strip.tsx';
import { Meter } from '../../design/meter.tsx';
import { Lasting } from '../../lib/ago.tsx';
import { useConnection, useLive, useSelf } from '../../lib/company-context.tsx';
import { boardGroups, pastCounts } from './past-counts.ts';
import { strings } from './strings.ts';

const shownEpics = 40;
const shownGates = 20;

export function CompanyThen() {
  const counts = useLive(pastCounts);
  return (
    <section
      aria-label={strings.company}
      className="flex h-full flex-col gap-5 overflow-y-auto p-6 max-md:p-4"
    >
      <dl className="grid grid-cols-4 gap-x-4 gap-y-3 max-sm:grid-cols-2">
        {boardGroups.map((group) => (
          <div key={group} className="flex flex-col-reverse justify-end">
            <dt className="text-faint text-xs">{strings.counts[group]}</dt>
            <dd className={`font-mono text-xl ${counts[group] === 0 ? 'text-faint' : ''}`}>
              {counts[group]}
            </dd>
          </div>
        ))}
      </dl>
      <Gates />
      <Epics />
    </section>
  );
}

function Gates() {
  const gates = useLive((state) =>
    [...state.index.gatesByState.get('waiting'), ...state.index.gatesByState.get('vetoed')]
      .slice(0, shownGates)
      .map((gate) => ({ gate, slots: gateSlots(state, gate) })),
  );
  if (gates.length === 0) return null;
  return (
    <div className="flex flex-col gap-2">
      <h2 className="font-semibold text-base">{strings.gates}</h2>
      <ul className="flex flex-col gap-1.5">
        {gates.map(({ gate, slots }) => (
          <li key={gate.id}>
            <Link
              href={`/gates/${gate.id}`}
              className="flex items-center gap-3 rounded-md border border-line bg-surface px-3 py-2 hover:border-line-strong"
            >
              <span className="min-w-0 flex-1 truncate font-mono">{gate.name}</span>
              {gate.waitingSince !== null && (
                <span className="text-faint text-xs">
                  {strings.waitedFor} <Lasting from={gate.waitingSince} to={null} />
                </span>
              )}
              <GatePips slots={slots} yours={[]} />
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Epics() {
  const self = useSelf();
  const { state } = useConnection().live;
  const epics = useLive(({ epics: all }) =>
    [...all.values()].sort((a, b) => b.createdAt - a.createdAt).slice(0, shownEpics),
  );
  return (
    <div className="flex flex-col gap-2">
      <h2 className="font-semibold text-base">{strings.epics}</h2>
      {epics.length === 0 && <p className="text-muted">{strings.noEpics}</p>}
      <ul className="flex flex-col gap-2">
        {epics.map((epic) => {
          const workflow = state.workflows.get(epic.workflow.name);
          return (
            <li
              key={epic.id}
              className="flex flex-col gap-2 rounded-lg border border-line bg-surface px-4 py-3"
            >
              <span className="flex items-center gap-3">
                <Link
                  href={`/board/${epic.id}`}
                  className="min-w-0 flex-1 truncate rounded-sm font-medium hover:underline"
                >
                  {epic.title}
                </Link>
                <Meter
                  label={epic.title}
                  value={progressOf(state, epic.id).progress}
                  tone={epic.endedAt === null ? 'alive' : 'done'}
                  className="w-32"
                />
              </span>
              {workflow && (
                <WorkflowStrip
                  label={shared.workflowStrip(workflow.id)}
                  steps={workflow.steps}
                  statusOf={epicStatus(state, epic.id, self)}
                  size="large"
                />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
