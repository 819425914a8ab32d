/** What an epic is at now: who works on what, and what waits because of what. */
import type { Epic } from '../../../core/epic/epic.ts';
import type { MemberId } from '../../../core/ids.ts';
import type { CompanyState } from '../../../core/state.ts';
import type { Task } from '../../../core/task/task.ts';
import type { EpochMs } from '../../../core/units.ts';
import { reasonToWait } from '../../company/reason-to-wait.ts';
import type { Status } from '../../design/status-dot.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { strings } from './strings.ts';

const shownLines = 3;

interface NowLine {
  readonly key: string;
  readonly status: Status;
  readonly text: string;
}

export function EpicNow({ epic }: { epic: Epic }) {
  const self = useSelf();
  const lines = useLive((state) => linesOf(state, epic, self));
  return (
    <span className="flex flex-col gap-0.5">
      {lines.map(({ key, status, text }) => (
        <span key={key} className="flex items-center gap-2 text-muted">
          <StatusDot status={status} live={status === 'alive'} />
          <span className="truncate">{text}</span>
        </span>
      ))}
    </span>
  );
}

function linesOf(state: CompanyState, { id }: Epic, self: MemberId | null): NowLine[] {
  return [...state.index.tasksByEpic.get(id)]
    .filter((task) => task.kind === 'step' && isAtIt(state, task))
    .sort((a, b) => a.order - b.order)
    .slice(0, shownLines)
    .flatMap((task) => lineOf(state, task, self));
}

/** Under way, or next: what still waits for other steps is not told. */
function isAtIt(state: CompanyState, task: Task): boolean {
  if (task.state !== 'blocked') return ['ready', 'leased', 'awaiting_gate', 'failed'].includes(task.state);
  return task.dependsOn.every((before) => state.tasks.get(before)?.state === 'done');
}

function lineOf(state: CompanyState, task: Task, self: MemberId | null): NowLine[] {
  const worker = task.lease && state.members.get(task.lease.memberId);
  if (worker) {
    return [{ key: task.id, status: 'alive', text: strings.worksOn(worker.name, task.title) }];
  }
  const reason = reasonToWait(state, task, self, Date.now() as EpochMs);
  if (!reason) return [];
  const status = task.state === 'failed' ? 'failure' : reason.yours ? 'needs' : 'waiting';
  return [{ key: task.id, status, text: strings.waits(task.title, reason.text) }];
}
