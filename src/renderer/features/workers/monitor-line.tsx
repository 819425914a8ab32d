/** A row of the monitor: a host, a launcher, a worker, or one of its processes. */
import type { KeyboardEvent, ReactNode } from 'react';
import { Link } from 'wouter';
import { workerPhase } from '../../company/phase.ts';
import { classNames } from '../../design/class-names.ts';
import { Icon } from '../../design/icon.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import { Ago } from '../../lib/ago.tsx';
import { formatBytes, formatMoney, formatTokens } from '../../lib/format.ts';
import type { FleetWorker, MonitorRow } from './monitor-rows.ts';
import { Sparkline } from './sparkline.tsx';
import { strings } from './strings.ts';
import { useSuspicion } from './suspicion.tsx';
import type { Vitals } from './use-vitals.ts';

export interface MonitorLineProps {
  row: MonitorRow;
  vitals: Vitals | undefined;
  onTurn: () => void;
  tabIndex: number;
  'data-row': string;
  onFocus: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => void;
}

export function MonitorLine({ row, vitals, onTurn, ...focus }: MonitorLineProps) {
  const isOpen = row.kind === 'process' ? null : row.isOpen;
  return (
    <tr
      {...focus}
      aria-level={row.level}
      {...(isOpen !== null && { 'aria-expanded': isOpen })}
      className={classNames(
        'border-line border-b last:border-b-0 focus-visible:-outline-offset-2',
        (row.kind === 'host' || row.kind === 'launcher') && 'bg-sunken text-muted',
        row.kind === 'worker' && 'hover:bg-hover',
        row.kind === 'process' && 'text-muted text-xs',
      )}
    >
      <th scope="row" className="max-w-md px-3 py-1.5 font-normal">
        <span className="flex items-start gap-1.5" style={{ paddingInlineStart: (row.level - 1) * 16 }}>
          <Turn isOpen={isOpen} onTurn={onTurn} />
          <Name row={row} />
        </span>
      </th>
      {row.kind === 'worker' ? <WorkerCells of={row.of} vitals={vitals} /> : <Sums row={row} />}
    </tr>
  );
}

/** For the pointer: by the keyboard the row itself turns. */
function Turn({ isOpen, onTurn }: { isOpen: boolean | null; onTurn: () => void }) {
  if (isOpen === null) return <span className="size-4 shrink-0" />;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={isOpen ? strings.close : strings.open}
      onClick={onTurn}
      className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-sm text-faint hover:text-ink"
    >
      <Icon name={isOpen ? 'down' : 'next'} className="size-3" />
    </button>
  );
}

function Name({ row }: { row: MonitorRow }) {
  switch (row.kind) {
    case 'host':
      return (
        <span className="font-medium text-ink">
          {row.name ?? strings.thisHostAlone}{' '}
          <span className="font-normal text-faint text-xs">{strings.hostWorkers(row.count)}</span>
        </span>
      );
    case 'launcher':
      return (
        <span>
          {strings.launchers[row.name] ?? row.name}{' '}
          <span className="font-mono text-faint text-xs">{row.count}</span>
        </span>
      );
    case 'worker':
      return <WorkerName of={row.of} />;
    case 'process':
      return (
        <span className="font-mono">
          {row.node.depth === 0 ? strings.ownProcess : row.node.name}{' '}
          <span className="text-faint">{row.node.pid}</span>
        </span>
      );
  }
}

function WorkerName({ of: { worker, name, roles, tasks } }: { of: FleetWorker }) {
  return (
    <span className="min-w-0">
      <span className="flex items-baseline gap-2">
        <Link
          href={`/workers/${worker.id}`}
          className="truncate rounded-sm font-medium underline-offset-2 hover:underline"
        >
          {name}
        </Link>
        <span className="truncate font-mono text-faint text-xs">{roles}</span>
      </span>
      <span className={classNames('block truncate text-xs', tasks.length > 0 ? 'text-alive' : 'text-faint')}>
        {tasks.length > 0 ? tasks.map(({ title }) => title).join(', ') : strings.idle}
      </span>
    </span>
  );
}

function WorkerCells({ of, vitals }: { of: FleetWorker; vitals: Vitals | undefined }) {
  const { worker, tasks, facts } = of;
  const silence = useSuspicion(worker);
  const phase = workerPhase(worker);
  const { process = null, spent, locks = [] } = facts ?? {};
  return (
    <>
      <Cell>
        <span className="flex items-center gap-1.5">
          <StatusDot status={phase.status} live={tasks.length > 0 || phase.live} />
          {phase.label}
        </span>
      </Cell>
      <Cell mono>
        {process ? (
          <Figure
            now={strings.cpu(process.cpuPercent)}
            samples={vitals?.cpu ?? []}
            label={strings.cpuOver(Math.max(...(vitals?.cpu ?? [0])))}
            floor={100}
          />
        ) : (
          strings.unknown
        )}
      </Cell>
      <Cell mono>
        {process ? (
          <Figure
            now={formatBytes(process.memory)}
            samples={vitals?.memory ?? []}
            label={strings.memoryOver(formatBytes(Math.max(...(vitals?.memory ?? [0]))))}
            floor={100_000_000}
          />
        ) : (
          strings.unknown
        )}
      </Cell>
      <Cell mono right>
        {formatTokens((spent?.tokensIn ?? 0) + (spent?.tokensOut ?? 0))}
      </Cell>
      <Cell mono right>
        {formatMoney(spent?.money ?? 0)}
      </Cell>
      <Cell>
        {silence === null ? (
          <Ago at={worker.lastSeenAt} className="text-muted text-xs" />
        ) : (
          <span className="font-medium text-waiting text-xs">{strings.silent(silence)}</span>
        )}
      </Cell>
      <Cell mono>
        <span title={locks.map(({ scope }) => scope).join('\n')}>
          {locks.length === 0 ? '' : strings.lockCount(locks.length, locks[0]?.scope ?? '')}
        </span>
      </Cell>
    </>
  );
}

function Sums({ row }: { row: Exclude<MonitorRow, { kind: 'worker' }> }) {
  const { cpuPercent, memory } = row.kind === 'process' ? row.node : row;
  // Workers that others have started say nothing of themselves; their sum is no zero.
  const isTold = row.kind === 'process' || memory > 0;
  return (
    <>
      <Cell />
      <Cell mono>{isTold && <Amount>{strings.cpu(cpuPercent)}</Amount>}</Cell>
      <Cell mono>{isTold && <Amount>{formatBytes(memory)}</Amount>}</Cell>
      <Cell />
      <Cell />
      <Cell />
      <Cell />
    </>
  );
}

function Figure(props: { now: string; samples: readonly number[]; label: string; floor: number }) {
  const { now, ...line } = props;
  return (
    <span className="flex items-center gap-2">
      <Amount>{now}</Amount>
      <Sparkline {...line} />
    </span>
  );
}

const Amount = ({ children }: { children: string }) => (
  <span className="inline-block w-19 text-right">{children}</span>
);

function Cell({
  mono = false,
  right = false,
  children,
}: {
  mono?: boolean;
  right?: boolean;
  children?: ReactNode;
}) {
  return (
    <td
      className={classNames(
        'whitespace-nowrap px-3 py-1.5 align-top',
        mono && 'font-mono text-xs tabular-nums leading-5',
        right && 'text-right',
      )}
    >
      {children}
    </td>
  );
}
