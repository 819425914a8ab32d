/** One worker: its process, its task, its log. */
import { Link } from 'wouter';
import type { WorkerFacts } from '../../../contract/worker-facts.ts';
import type { WorkerId } from '../../../core/ids.ts';
import type { Worker } from '../../../core/worker/worker.ts';
import { MemberAvatar } from '../../company/member-avatar.tsx';
import { workerPhase } from '../../company/phase.ts';
import { strings as shared } from '../../company/strings.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { Hash } from '../../design/hash.tsx';
import { Notice } from '../../design/notice.tsx';
import { Tag } from '../../design/tag.tsx';
import { Ago, Lasting } from '../../lib/ago.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { useCommand } from '../../lib/use-command.ts';
import { hostOfWorker } from './host-rows.ts';
import { LogView } from './log-view.tsx';
import { ProcessFacts } from './process-facts.tsx';
import { strings } from './strings.ts';
import { Suspicion } from './suspicion.tsx';
import { WorkerActs } from './worker-acts.tsx';
import { isRunning, workerTasks } from './worker-tasks.ts';

export function WorkerDetail({ workerId, facts }: { workerId: WorkerId; facts: WorkerFacts | undefined }) {
  const worker = useLive((state) => state.workers.get(workerId));
  if (!worker) return <EmptyState title={strings.notFound}>{strings.notFoundMore}</EmptyState>;
  return (
    <article className="flex h-full flex-col gap-4 px-6 py-5 max-md:px-4">
      <WorkerHeader worker={worker} />
      <Suspicion worker={worker} />
      {facts && worker.endedAt === null && <ProcessFacts facts={facts} />}
      <LogView workerId={worker.id} />
    </article>
  );
}

function WorkerHeader({ worker }: { worker: Worker }) {
  const { host, member, tasks } = useLive((state) => ({
    host: hostOfWorker(state, worker.hostId),
    member: state.members.get(worker.memberId),
    tasks: workerTasks(state, worker),
  }));
  const command = useCommand();
  const phase = workerPhase(worker);
  return (
    <header className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-3">
        {member && <MemberAvatar member={member} live={tasks.length > 0} />}
        <h2 className="font-semibold text-lg">{member?.name ?? worker.memberId}</h2>
        <Tag tone={phase.tone}>{phase.label}</Tag>
        <span className="flex-1" />
        <WorkerActs worker={worker} command={command} />
      </div>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted text-xs">
        <span className="font-mono">{worker.pid === null ? strings.noPid : strings.pid(worker.pid)}</span>
        {host !== null && <span className="text-ink">{strings.onHost(host)}</span>}
        <span className="font-mono">{strings.runner(worker.runner, worker.launcher)}</span>
        <span>
          {isRunning(worker) ? strings.started : strings.ran}{' '}
          {isRunning(worker) ? (
            <Ago at={worker.startedAt} />
          ) : (
            <Lasting from={worker.startedAt} to={worker.endedAt} />
          )}
        </span>
        <Hash value={worker.id} label={shared.copyId(worker.id)} shown={20} />
      </p>
      {tasks.map((task) => (
        <p key={task.id} className="text-alive">
          <Link href={`/board/${task.id}`} className="rounded-sm underline underline-offset-2">
            {task.title}
          </Link>
        </p>
      ))}
      {worker.exitReason && (
        <p className={worker.state === 'crashed' ? 'text-failure' : 'text-muted'}>{worker.exitReason}</p>
      )}
      {worker.pause && isRunning(worker) && (
        <p className="text-muted">{strings.pausedBecause(worker.pause.reason)}</p>
      )}
      {command.refusal && <Notice tone="failure">{command.refusal.message}</Notice>}
    </header>
  );
}
