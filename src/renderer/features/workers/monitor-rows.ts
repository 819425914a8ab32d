/** The rows of the monitor: hosts, the launchers on each, their workers, and the processes of a worker that is opened. Pure. */
import type { ProcessNode, WorkerFacts } from '../../../contract/worker-facts.ts';
import type { CompanyState } from '../../../core/state.ts';
import type { Task } from '../../../core/task/task.ts';
import type { Worker } from '../../../core/worker/worker.ts';
import { hostLabel } from '../../company/host-label.ts';
import { workerPhase } from '../../company/phase.ts';
import { isUp, workerTasks } from './worker-tasks.ts';

export interface FleetWorker {
  readonly worker: Worker;
  readonly name: string;
  readonly roles: string;
  /** Null: its host shares the company with no other. */
  readonly host: string | null;
  readonly tasks: readonly Task[];
  readonly facts: WorkerFacts | undefined;
}

export const sortKeys = ['name', 'state', 'cpu', 'memory', 'tokens', 'cost', 'heartbeat', 'locks'] as const;
export type SortKey = (typeof sortKeys)[number];

export interface MonitorView {
  readonly sort: SortKey;
  readonly isDescending: boolean;
  /** Words of which each must stand in a worker's name, role, task, state, launcher or runner. */
  readonly filter: string;
  /** Keys of rows whose part below is hidden; of workers, of those whose processes are shown. */
  readonly turned: ReadonlySet<string>;
}

interface Group {
  readonly key: string;
  readonly level: number;
  readonly isOpen: boolean;
  /** Workers below. */
  readonly count: number;
  readonly cpuPercent: number;
  readonly memory: number;
}

export type MonitorRow =
  | (Group & { readonly kind: 'host'; readonly name: string | null })
  | (Group & { readonly kind: 'launcher'; readonly name: string })
  | {
      readonly kind: 'worker';
      readonly key: string;
      readonly level: number;
      /** Null: nothing is known of what is below. */
      readonly isOpen: boolean | null;
      readonly of: FleetWorker;
    }
  | { readonly kind: 'process'; readonly key: string; readonly level: number; readonly node: ProcessNode };

/** Those that run. */
export function fleetOf(state: CompanyState, facts: ReadonlyMap<Worker['id'], WorkerFacts>): FleetWorker[] {
  return [...state.workers.values()].filter(isUp).map((worker) => {
    const member = state.members.get(worker.memberId);
    return {
      worker,
      name: member?.name ?? worker.memberId,
      roles: member?.roleIds.join(', ') ?? '',
      host: worker.hostId === null || state.hosts.size < 2 ? null : hostLabel(state, worker.hostId),
      tasks: workerTasks(state, worker),
      facts: facts.get(worker.id),
    };
  });
}

export function monitorRows(fleet: readonly FleetWorker[], view: MonitorView): MonitorRow[] {
  const wanted = fleet.filter((one) => hasWords(one, view.filter));
  const byHost = groupBy(wanted, ({ host }) => host ?? '');
  return byHost.flatMap(([host, onHost]) => {
    const key = `host:${host}`;
    const head = { kind: 'host', name: host === '' ? null : host, ...group(key, 1, onHost, view) } as const;
    if (!head.isOpen) return [head];
    const byLauncher = groupBy(onHost, ({ worker }) => worker.launcher);
    return [
      head,
      ...byLauncher.flatMap(([name, workers]) => launcherRows(`${key}/${name}`, name, workers, view)),
    ];
  });
}

function launcherRows(
  key: string,
  name: string,
  workers: readonly FleetWorker[],
  view: MonitorView,
): MonitorRow[] {
  const head = { kind: 'launcher', name, ...group(key, 2, workers, view) } as const;
  if (!head.isOpen) return [head];
  const direction = view.isDescending ? -1 : 1;
  const sorted = [...workers].sort(
    (a, b) => direction * compare(a, b, view.sort) || a.name.localeCompare(b.name),
  );
  return [head, ...sorted.flatMap((one) => workerRows(one, view))];
}

function workerRows(of: FleetWorker, { turned }: MonitorView): MonitorRow[] {
  const key = of.worker.id;
  const tree = of.facts?.process?.tree ?? [];
  const isOpen = tree.length === 0 ? null : turned.has(key);
  const row: MonitorRow = { kind: 'worker', key, level: 3, isOpen, of };
  if (isOpen !== true) return [row];
  const nodes = tree.map(
    (node): MonitorRow => ({
      kind: 'process',
      key: `${key}:${node.pid}`,
      level: 4 + node.depth,
      node,
    }),
  );
  return [row, ...nodes];
}

function group(key: string, level: number, workers: readonly FleetWorker[], { turned }: MonitorView): Group {
  return {
    ...{ key, level, isOpen: !turned.has(key), count: workers.length },
    cpuPercent: workers.reduce((sum, { facts }) => sum + (facts?.process?.cpuPercent ?? 0), 0),
    memory: workers.reduce((sum, { facts }) => sum + (facts?.process?.memory ?? 0), 0),
  };
}

function compare(a: FleetWorker, b: FleetWorker, sort: SortKey): number {
  const figure = ({ worker, facts }: FleetWorker): number => {
    switch (sort) {
      case 'cpu':
        return facts?.process?.cpuPercent ?? -1;
      case 'memory':
        return facts?.process?.memory ?? -1;
      case 'tokens':
        return (facts?.spent.tokensIn ?? 0) + (facts?.spent.tokensOut ?? 0);
      case 'cost':
        return facts?.spent.money ?? 0;
      // The age: what was heard of last is the youngest.
      case 'heartbeat':
        return -worker.lastSeenAt;
      case 'locks':
        return facts?.locks.length ?? 0;
      case 'name':
      case 'state':
        return 0;
    }
  };
  if (sort === 'name') return a.name.localeCompare(b.name);
  if (sort === 'state') return stateOf(a).localeCompare(stateOf(b));
  return figure(a) - figure(b);
}

const stateOf = ({ worker }: FleetWorker): string => workerPhase(worker).label;

function hasWords(one: FleetWorker, filter: string): boolean {
  const { worker, name, roles, host, tasks } = one;
  const titles = tasks.map(({ title }) => title);
  const text = [name, roles, host ?? '', stateOf(one), worker.launcher, worker.runner, ...titles]
    .join(' ')
    .toLowerCase();
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => text.includes(word));
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): [string, Item[]][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const own = groups.get(keyOf(item));
    if (own) own.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups].sort(([a], [b]) => a.localeCompare(b));
}
