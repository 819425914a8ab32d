/** The company as it was: its figures, and how far each epic was. */
import { progressOf } from '../../../core/epic/progress.ts';
import type { MemberId } from '../../../core/ids.ts';
import type { CompanyState } from '../../../core/state.ts';
import { epicStatus } from '../../company/epic-status.ts';
import { strings as shared } from '../../company/strings.ts';
import { WorkflowStrip } from '../../company/workflow-strip.tsx';
import { Meter } from '../../design/meter.tsx';
import { boardGroups, pastCounts } from './past-counts.ts';
import { strings } from './strings.ts';

const shownEpics = 40;

export function CompanyThen({ state, self }: { state: CompanyState; self: MemberId | null }) {
  const counts = pastCounts(state);
  const epics = [...state.epics.values()].sort((a, b) => b.createdAt - a.createdAt).slice(0, shownEpics);
  return (
    <section aria-label={strings.company} className="flex flex-col gap-5">
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
      <h2 className="font-semibold text-base">{strings.epics}</h2>
      {epics.length === 0 ? (
        <p className="text-muted">{strings.noEpics}</p>
      ) : (
        <ul className="flex flex-col gap-2">
          {epics.map((epic) => {
            const workflow = state.workflows.get(epic.workflow.name);
            return (
              <li
                key={epic.id}
                className="flex flex-col gap-2 rounded-lg border border-line bg-surface px-4 py-3"
              >
                <span className="flex items-center gap-3">
                  <span className="min-w-0 flex-1 truncate font-medium">{epic.title}</span>
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
      )}
    </section>
  );
}
