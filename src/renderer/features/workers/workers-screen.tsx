/** Workers: all of them at a glance, or the processes that act for agents at the left and the log of one at the right. */
import { useState } from 'react';
import type { WorkerId } from '../../../core/ids.ts';
import type { Worker } from '../../../core/worker/worker.ts';
import { Button } from '../../design/button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { useActs } from '../../lib/acts.ts';
import { useLive } from '../../lib/company-context.tsx';
import { ListScreen } from '../../lib/list-screen.tsx';
import { HostList } from './host-list.tsx';
import { Overview } from './overview.tsx';
import { SpawnDialog } from './spawn-dialog.tsx';
import { strings } from './strings.ts';
import { useWorkerFacts } from './use-worker-facts.ts';
import { WorkerDetail } from './worker-detail.tsx';
import { WorkerRow } from './worker-row.tsx';
import { isRunning, sortedWorkers } from './worker-tasks.ts';

type Kind = 'overview' | 'running' | 'ended';

const emptyWords = {
  running: { title: strings.empty, more: strings.emptyMore },
  ended: { title: strings.emptyEnded, more: strings.emptyEndedMore },
} as const satisfies Record<Exclude<Kind, 'overview'>, { title: string; more: string }>;

export function WorkersScreen({ workerId }: { workerId: WorkerId | null }) {
  const facts = useWorkerFacts();
  const [chosenKind, chooseKind] = useState<Kind | null>(null);
  const [isSpawning, setSpawning] = useState(false);
  const [isLimiting, setLimiting] = useState(false);
  const { running, ended, addressed, isShared } = useLive((state) => ({
    running: sortedWorkers(state, true),
    ended: sortedWorkers(state, false),
    isShared: state.hosts.size > 0,
    addressed: workerId === null ? undefined : state.workers.get(workerId),
  }));
  useActs({
    'workers.spawn': () => setSpawning(true),
    'workers.limits':
      workerId === null &&
      (() => {
        chooseKind('overview');
        setLimiting(true);
      }),
  });
  const kind = workerId === null ? (chosenKind ?? 'overview') : kindOf(addressed);
  const workers = kind === 'ended' ? ended : running;
  const shown = workerId ?? workers[0]?.id ?? null;
  return (
    <>
      <ListScreen
        title={strings.title}
        path="/workers"
        show={strings.show}
        kinds={[
          { value: 'overview', label: strings.overview },
          { value: 'running', label: strings.running, count: running.length },
          { value: 'ended', label: strings.ended, count: ended.length },
        ]}
        kind={kind}
        onKind={chooseKind}
        actions={
          <Button icon="plus" onPress={() => setSpawning(true)}>
            {strings.spawnButton}
          </Button>
        }
        label={strings.list}
        isChosen={workerId !== null}
        empty={
          kind === 'overview' ? (
            <Overview facts={facts} isLimiting={isLimiting} onLimit={setLimiting} />
          ) : workers.length === 0 && !workerId && !isShared ? (
            <Nothing kind={kind} />
          ) : null
        }
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
        detail={
          shown ? (
            <WorkerDetail key={shown} workerId={shown} facts={facts.get(shown)} />
          ) : (
            <Nothing kind={kind === 'ended' ? 'ended' : 'running'} />
          )
        }
      />
      <SpawnDialog isOpen={isSpawning} onClose={() => setSpawning(false)} />
    </>
  );
}

function Nothing({ kind }: { kind: Exclude<Kind, 'overview'> }) {
  return <EmptyState title={emptyWords[kind].title}>{emptyWords[kind].more}</EmptyState>;
}

/** The list that the worker of the address stands in. */
function kindOf(addressed: Worker | undefined): Kind {
  return addressed && !isRunning(addressed) ? 'ended' : 'running';
}
