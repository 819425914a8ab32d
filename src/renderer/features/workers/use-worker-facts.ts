/** What the processes of the workers use and what they spent, asked for while somebody looks. */
import { useQuery } from '@tanstack/react-query';
import type { WorkerFacts } from '../../../contract/worker-facts.ts';
import type { WorkerId } from '../../../core/ids.ts';
import { useConnectionStatus, useCoordination } from '../../lib/company-context.tsx';

const pollMs = 2_000;

/** Empty until the first answer; of workers that have ended there is nothing. */
export function useWorkerFacts(): ReadonlyMap<WorkerId, WorkerFacts> {
  const coordination = useCoordination();
  const isLive = useConnectionStatus().kind === 'live';
  const { data } = useQuery({
    queryKey: ['worker-facts'],
    queryFn: () => coordination().query('workerFacts', {}),
    enabled: isLive,
    refetchInterval: pollMs,
    select: byWorker,
  });
  return data ?? none;
}

const none: ReadonlyMap<WorkerId, WorkerFacts> = new Map();

function byWorker(facts: readonly WorkerFacts[]): ReadonlyMap<WorkerId, WorkerFacts> {
  return new Map(facts.map((one) => [one.worker.id, one]));
}
