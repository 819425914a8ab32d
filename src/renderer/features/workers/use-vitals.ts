/** What workers used over the last minutes, as far as somebody looked: the lines of the monitor. */
import { useEffect, useRef, useState } from 'react';
import type { WorkerFacts } from '../../../contract/worker-facts.ts';
import type { WorkerId } from '../../../core/ids.ts';

/** Two minutes at one look every two seconds. */
const mostSamples = 60;

export interface Vitals {
  readonly cpu: readonly number[];
  readonly memory: readonly number[];
}

/** Oldest first; of a worker that is gone there is nothing. */
export function useVitals(facts: ReadonlyMap<WorkerId, WorkerFacts>): ReadonlyMap<WorkerId, Vitals> {
  const kept = useRef<ReadonlyMap<WorkerId, Vitals>>(new Map());
  const [vitals, setVitals] = useState(kept.current);
  useEffect(() => {
    kept.current = withSamples(kept.current, facts);
    setVitals(kept.current);
  }, [facts]);
  return vitals;
}

function withSamples(
  before: ReadonlyMap<WorkerId, Vitals>,
  facts: ReadonlyMap<WorkerId, WorkerFacts>,
): ReadonlyMap<WorkerId, Vitals> {
  const next = new Map<WorkerId, Vitals>();
  for (const [id, { process }] of facts) {
    if (!process) continue;
    const { cpu, memory } = before.get(id) ?? { cpu: [], memory: [] };
    next.set(id, {
      cpu: [...cpu, process.cpuPercent].slice(-mostSamples),
      memory: [...memory, process.memory].slice(-mostSamples),
    });
  }
  return next;
}
