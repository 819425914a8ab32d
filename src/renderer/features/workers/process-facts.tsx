/** What a worker takes and has taken: processor, memory, tokens, money, and the files that it holds. */
import type { ReactNode } from 'react';
import type { WorkerFacts } from '../../../contract/worker-facts.ts';
import { Ago } from '../../lib/ago.tsx';
import { formatBytes, formatMoney, formatNumber } from '../../lib/format.ts';
import { strings } from './strings.ts';

/** In one line, of what is worth a line: nothing while nothing is known. */
export function shortFacts({ process, spent }: WorkerFacts): string {
  const parts = [
    process && strings.cpu(process.cpuPercent),
    process && formatBytes(process.memory),
    spent.money > 0 && formatMoney(spent.money),
  ];
  return parts.filter(Boolean).join(' · ');
}

export function ProcessFacts({ facts }: { facts: WorkerFacts }) {
  const { worker, process, spent, locks } = facts;
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(7.5rem,1fr))] gap-px overflow-hidden rounded-lg border border-line bg-line">
      <Fact name={strings.cpuName} value={process ? strings.cpu(process.cpuPercent) : strings.unknown}>
        {process && process.processes > 1 && strings.processes(process.processes)}
      </Fact>
      <Fact name={strings.memoryName} value={process ? formatBytes(process.memory) : strings.unknown} />
      <Fact name={strings.tokensName} value={formatNumber(spent.tokensIn + spent.tokensOut)}>
        {spent.calls > 0 && strings.calls(spent.calls)}
      </Fact>
      <Fact name={strings.costName} value={formatMoney(spent.money)} />
      <Fact
        name={strings.heartbeat}
        value={<Ago at={worker.lastSeenAt} className="whitespace-nowrap font-sans" />}
      />
      <Fact name={strings.locksName} value={formatNumber(locks.length)}>
        {locks.length > 0 && (
          <span className="font-mono" title={locks.map(({ scope }) => scope).join('\n')}>
            {locks.map(({ scope }) => scope).join(', ')}
          </span>
        )}
      </Fact>
    </dl>
  );
}

function Fact({ name, value, children }: { name: string; value: ReactNode; children?: ReactNode }) {
  return (
    <div className="min-w-0 bg-surface px-3 py-2">
      <dt className="text-muted text-xs">{name}</dt>
      <dd className="font-mono tabular-nums">{value}</dd>
      {children && <dd className="truncate text-muted text-xs">{children}</dd>}
    </div>
  );
}
