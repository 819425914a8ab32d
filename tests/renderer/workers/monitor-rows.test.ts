/** The rows of the monitor: grouped by host and launcher, sorted within, filtered by words, opened down to processes. */
import { describe, expect, it } from 'vitest';
import type { WorkerFacts } from '../../../src/contract/worker-facts.ts';
import type { Worker } from '../../../src/core/worker/worker.ts';
import type {
  FleetWorker,
  MonitorRow,
  MonitorView,
} from '../../../src/renderer/features/workers/monitor-rows.ts';
import { monitorRows } from '../../../src/renderer/features/workers/monitor-rows.ts';

interface Wish {
  readonly host?: string;
  readonly launcher?: string;
  readonly cpuPercent?: number;
  readonly seen?: number;
  readonly task?: string;
}

function worker(
  name: string,
  { host, launcher = 'subprocess', cpuPercent, seen = 0, task }: Wish = {},
): FleetWorker {
  const row = {
    id: `worker_${name}`,
    launcher,
    runner: 'script',
    state: 'ready',
    pause: null,
    lastSeenAt: seen,
  };
  const process =
    cpuPercent === undefined ? null : { cpuPercent, memory: 10, processes: 2, tree: tree(cpuPercent) };
  return {
    worker: row as unknown as Worker,
    ...{ name, roles: 'engineer', host: host ?? null },
    tasks: task === undefined ? [] : [{ title: task } as never],
    facts: {
      process,
      spent: { calls: 0, tokensIn: 0, tokensOut: 0, money: 0 },
      locks: [],
    } as unknown as WorkerFacts,
  };
}

const tree = (cpuPercent: number) => [
  { pid: 1, depth: 0, name: 'node', cpuPercent, memory: 8 },
  { pid: 2, depth: 1, name: 'sleep', cpuPercent: 0, memory: 2 },
];

const view = (fields: Partial<MonitorView> = {}): MonitorView => ({
  ...{ sort: 'name', isDescending: false, filter: '', turned: new Set() },
  ...fields,
});

const text = (row: MonitorRow): string => {
  const name =
    row.kind === 'worker' ? row.of.name : row.kind === 'process' ? row.node.name : (row.name ?? '-');
  return `${'  '.repeat(row.level - 1)}${name}`;
};

const fleet = [
  worker('ben', { cpuPercent: 90, seen: 5, task: 'Paint the door' }),
  worker('ada', { cpuPercent: 10, seen: 9 }),
  worker('cid', { launcher: 'docker' }),
  worker('dee', { host: 'zeus', cpuPercent: 50 }),
];

it('puts workers below their launcher and host', () => {
  expect(monitorRows(fleet, view()).map(text)).toEqual([
    ...['-', '  docker', '    cid', '  subprocess', '    ada', '    ben'],
    ...['zeus', '  subprocess', '    dee'],
  ]);
});

it('adds up what is below, also what is closed', () => {
  const [head] = monitorRows(fleet, view({ turned: new Set(['host:']) }));
  expect(head).toMatchObject({ kind: 'host', isOpen: false, count: 3, cpuPercent: 100, memory: 20 });
});

it.each([
  ['cpu', true, ['ben', 'ada']],
  ['cpu', false, ['ada', 'ben']],
  // The oldest sign of life is the most.
  ['heartbeat', true, ['ben', 'ada']],
  ['name', true, ['ben', 'ada']],
] as const)('sorts by %s, descending: %s', (sort, isDescending, names) => {
  const rows = monitorRows(fleet.slice(0, 2), view({ sort, isDescending }));
  expect(rows.flatMap((row) => (row.kind === 'worker' ? [row.of.name] : []))).toEqual(names);
});

it.each([
  ['door', ['ben']],
  ['DOCKER', ['cid']],
  ['engineer ada', ['ada']],
  ['zeus', ['dee']],
  ['nobody', []],
])('finds by “%s”', (filter, names) => {
  const rows = monitorRows(fleet, view({ filter }));
  expect(rows.flatMap((row) => (row.kind === 'worker' ? [row.of.name] : []))).toEqual(names);
});

describe('a worker', () => {
  it('opens to its processes, each below the one that started it', () => {
    const rows = monitorRows(fleet.slice(1, 2), view({ turned: new Set(['worker_ada']) }));
    expect(rows.map(text).slice(2)).toEqual(['    ada', '      node', '        sleep']);
  });

  it('of which nobody tells the processes can’t be opened', () => {
    const rows = monitorRows(fleet.slice(2, 3), view({ turned: new Set(['worker_cid']) }));
    expect(rows.at(-1)).toMatchObject({ kind: 'worker', isOpen: null });
  });
});
