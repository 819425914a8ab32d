/** Workers, for people: who each acts for, what it does, and what that takes. */
import type { EpochMs } from '../../core/units.ts';
import type { WorkerDocument, WorkerFactsDocument } from '../documents/worker-document.ts';
import type { Output } from './output.ts';
import { plainLine } from './plain-text.ts';
import { meaningOf } from './style.ts';
import type { Cell } from './table.ts';
import { relativeTime } from './time-text.ts';

export interface ShownWorker extends WorkerDocument {
  readonly tasks: readonly string[];
  /** Null: it has ended, or the past is asked about. */
  readonly facts: WorkerFactsDocument | null;
}

export function workersTable(workers: readonly ShownWorker[], output: Output, now: EpochMs): string {
  const ago = (at: string) => relativeTime(Date.parse(at) as EpochMs, now);
  const measured = workers.some(({ facts }) => facts?.process != null);
  const spends = workers.some(({ facts }) => (facts?.spent.calls ?? 0) > 0);
  const locks = workers.some(({ facts }) => (facts?.locks.length ?? 0) > 0);
  return output.table(
    [
      { title: 'WORKER', cell: (worker) => ({ text: worker.id, meaning: 'over' }) },
      { title: 'AGENT', cell: (worker) => worker.agent },
      { title: 'STATE', cell: stateCell },
      { title: 'WORKS ON', cell: (worker) => worker.tasks.join(', '), shrinks: true },
      ...(measured
        ? [
            { title: 'CPU', cell: cpuText, align: 'right' as const },
            { title: 'MEMORY', cell: memoryText, align: 'right' as const },
          ]
        : []),
      ...(spends
        ? [
            { title: 'TOKENS', cell: tokensText, align: 'right' as const },
            { title: 'COST', cell: costText, align: 'right' as const },
          ]
        : []),
      ...(locks ? [{ title: 'LOCKS', cell: locksText, shrinks: true }] : []),
      { title: 'PID', cell: (worker) => String(worker.pid ?? ''), align: 'right' },
      { title: 'RUNNER', cell: (worker) => worker.runner },
      { title: 'STARTED', cell: (worker) => ago(worker.startedAt) },
      {
        title: 'LAST SEEN',
        cell: ({ facts, lastSeenAt }): Cell => ({
          text: ago(lastSeenAt),
          meaning: facts?.suspicion == null ? 'plain' : 'failed',
        }),
      },
      {
        title: 'NOTE',
        cell: ({ facts, exitReason }) => facts?.suspicion ?? exitReason ?? '',
        goesBelow: true,
      },
    ],
    workers,
  );
}

export function workerText(worker: ShownWorker, output: Output, now: EpochMs): string {
  const { facts } = worker;
  const rows: (readonly [string, Cell | string])[] = [
    ['worker', worker.id],
    ['agent', worker.agent],
    ['state', stateCell(worker)],
    ['runner', `${worker.runner}, started by ${worker.launcher}`],
    ['works on', worker.tasks.join(', ') || 'nothing'],
    ['started', relativeTime(Date.parse(worker.startedAt) as EpochMs, now)],
    ['last seen', relativeTime(Date.parse(worker.lastSeenAt) as EpochMs, now)],
  ];
  if (facts) {
    if (facts.process) {
      rows.push(['cpu', cpuText(worker)], ['memory', memoryText(worker)]);
      rows.push(['processes', String(facts.process.processes)]);
    }
    const { calls, money } = facts.spent;
    rows.push(['spent', `${calls} calls, ${tokensText(worker) || '0'} tokens, $${money.toFixed(2)}`]);
    if (facts.locks.length > 0) rows.push(['locks', locksText(worker)]);
    if (facts.suspicion !== null) rows.push(['note', { text: facts.suspicion, meaning: 'failed' }]);
  }
  if (worker.exitReason !== null) rows.push(['ended', worker.exitReason]);
  return rows
    .map(([name, cell]) => `${output.style('over', name.padEnd(11))}${styled(cell, output)}`)
    .join('\n');
}

function styled(cell: Cell | string, { style }: Output): string {
  return typeof cell === 'string' ? plainLine(cell) : style(cell.meaning ?? 'plain', plainLine(cell.text));
}

function stateCell({ facts, state, paused }: ShownWorker): Cell {
  const stage = facts?.stage ?? (paused !== null && state === 'ready' ? 'paused' : state);
  return { text: stage, meaning: meaningOf(stage) };
}

const cpuText = ({ facts }: ShownWorker): string => {
  const share = facts?.process?.cpuPercent;
  return share === undefined ? '' : `${Math.round(share)} %`;
};

const memoryText = ({ facts }: ShownWorker): string => {
  const bytes = facts?.process?.memory;
  return bytes === undefined ? '' : `${Math.round(bytes / 1_000_000)} MB`;
};

function tokensText({ facts }: ShownWorker): string {
  const tokens = (facts?.spent.tokensIn ?? 0) + (facts?.spent.tokensOut ?? 0);
  return tokens === 0 ? '' : String(tokens);
}

function costText({ facts }: ShownWorker): string {
  const money = facts?.spent.money ?? 0;
  return money === 0 ? '' : `$${money.toFixed(2)}`;
}

const locksText = ({ facts }: ShownWorker): string => facts?.locks.join(', ') ?? '';
