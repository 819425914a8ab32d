/** Workers: the processes that act for agents at the left, the log of one at the right. */
import { useState } from 'react';
import type { WorkerId } from '../../../core/ids.ts';
import type { Worker } from '../../../core/worker/worker.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { ListScreen } from '../../lib/list-screen.tsx';
import { HostList } from './host-list.tsx';
import { strings } from './strings.ts';
import { useWorkerFacts } from './use-worker-facts.ts';
import { WorkerDetail } from './worker-detail.tsx';
import { WorkerRow } from './worker-row.tsx';
import { isRunning, sortedWorkers } from './worker-tasks.ts';

type Kind = 'running' | 'ended';

const emptyWords = {
  running: { title: strings.empty, more: strings.emptyMore },
  ended: { title: strings.emptyEnded, more: strings.emptyEndedMore },
} as const satisfies Record<Kind, { title: string; more: string }>;

export function WorkersScreen({ workerId }: { workerId: WorkerId | null }) {
  const facts = useWorkerFacts();
  const [chosenKind, chooseKind] = useState<Kind | null>(null);
  const { running, ended, addressed, isShared } = useLive((state) => ({
    running: sortedWorkers(state, true),
    ended: sortedWorkers(state, false),
    isShared: state.hosts.size > 0,
    addressed: workerId === null ? undefined : state.workers.get(workerId),
  }));
  const kind = chosenKind ?? defaultKind(addressed, running.length > 0 || ended.length === 0);
  const workers = kind === 'running' ? running : ended;
  const shown = workerId ?? workers[0]?.id ?? null;
  const nothing = <EmptyState title={emptyWords[kind].title}>{emptyWords[kind].more}</EmptyState>;
  return (
    <ListScreen
      title={strings.title}
      path="/workers"
      show={strings.show}
      kinds={[
        { value: 'running', label: strings.running, count: running.length },
        { value: 'ended', label: strings.ended, count: ended.length },
      ]}
      kind={kind}
      onKind={chooseKind}
      label={strings.list}
      isChosen={workerId !== null}
      empty={workers.length === 0 && !workerId && !isShared ? nothing : null}
      list={
        <>
          <HostList />
          <ul className="flex flex-col gap-1.5">
            {workers.map((worker) => (
              <li key={worker.id}>
                <WorkerRow worker={worker} facts={facts.get(worker.id)} isOpen={worker.id === shown} />
              </li>
            ))}
          </ul>
        </>
      }
      detail={shown ? <WorkerDetail key={shown} workerId={shown} facts={facts.get(shown)} /> : nothing}
    />
  );
}

/** The kind of the worker that the address names; else those that run, when there are any. */
function defaultKind(addressed: Worker | undefined, someRun: boolean): Kind {
  return (addressed ? isRunning(addressed) : someRun) ? 'running' : 'ended';
}
