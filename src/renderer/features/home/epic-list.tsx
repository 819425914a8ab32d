/** The epics, each with its progress and its whole workflow in one line. */
import { Link } from 'wouter';
import type { Epic, EpicState } from '../../../core/epic/epic.ts';
import { progressOf } from '../../../core/epic/progress.ts';
import { epicStatus } from '../../company/epic-status.ts';
import { PrioritySign } from '../../company/priority-sign.tsx';
import { strings as shared } from '../../company/strings.ts';
import { WorkflowStrip } from '../../company/workflow-strip.tsx';
import { Card } from '../../design/card.tsx';
import { Meter } from '../../design/meter.tsx';
import type { Tone } from '../../design/tag.tsx';
import { Tag } from '../../design/tag.tsx';
import { Ago, Lasting } from '../../lib/ago.tsx';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { EpicNow } from './epic-now.tsx';
import { strings } from './strings.ts';

const tones: Record<EpicState, Tone> = {
  pending: 'plain',
  in_progress: 'alive',
  blocked: 'failure',
  completed: 'plain',
  cancelled: 'plain',
};

export function EpicList({ epics }: { epics: readonly Epic[] }) {
  return (
    <ul className="flex flex-col gap-2">
      {epics.map((epic) => (
        <li key={epic.id}>
          <EpicCard epic={epic} />
        </li>
      ))}
    </ul>
  );
}

function EpicCard({ epic }: { epic: Epic }) {
  const self = useSelf();
  const { progress, statusOf, workflow } = useLive((state) => ({
    progress: progressOf(state, epic.id),
    statusOf: epicStatus(state, epic.id, self),
    workflow: state.workflows.get(epic.workflow.name),
  }));
  const ended = epic.state === 'completed' || epic.state === 'cancelled';
  return (
    <Card className="transition-colors duration-150 hover:border-line-strong">
      <Link href={`/board/${epic.id}`} className="flex flex-col gap-2.5 rounded-lg px-4 py-3">
        <span className="flex items-center gap-2">
          <PrioritySign priority={epic.priority} />
          <span className="min-w-0 flex-1 truncate font-medium text-base">{epic.title}</span>
          <Tag tone={tones[epic.state]}>{strings.epicStates[epic.state]}</Tag>
        </span>
        {epic.reason && <span className="text-failure text-xs">{epic.reason}</span>}
        {workflow && (
          <WorkflowStrip
            label={shared.workflowStrip(workflow.id)}
            steps={workflow.steps}
            statusOf={statusOf}
            size="large"
          />
        )}
        {!ended && <EpicNow epic={epic} />}
        <span className="flex items-center gap-3 text-faint text-xs">
          <span className="font-mono">{epic.workflow.name}</span>
          <span>{strings.steps(progress.done, progress.total)}</span>
          <span>
            {ended ? strings.took : strings.started}{' '}
            {ended ? <Lasting from={epic.createdAt} to={epic.endedAt} /> : <Ago at={epic.createdAt} />}
          </span>
          <Meter
            label={strings.epicProgress(epic.title)}
            value={progress.progress}
            tone={epic.state === 'blocked' ? 'failure' : ended ? 'done' : 'alive'}
            className="ml-auto w-40"
          />
        </span>
      </Link>
    </Card>
  );
}
