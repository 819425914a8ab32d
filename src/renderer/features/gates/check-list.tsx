/** The checks that passed on what is signed, as its worker says, each with the end of what it printed. */

import type { Proof } from '../../../core/task/proof.ts';
import { CodeBox } from '../../company/code-box.tsx';
import { Hash } from '../../design/hash.tsx';
import { Icon } from '../../design/icon.tsx';
import { formatDuration } from '../../lib/format.ts';
import { strings } from './strings.ts';

export function CheckList({ proof }: { proof: Proof }) {
  return (
    <section aria-label={strings.checks}>
      <div className="mb-1.5 flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h3 className="font-semibold">{strings.checks}</h3>
        <p className="flex flex-wrap items-center gap-1.5 text-faint text-xs">
          {strings.checksHelp}
          {proof.commit && <Hash value={proof.commit} label={strings.copyCommit} shown={12} />}
        </p>
      </div>
      <ul className="divide-y divide-line rounded-md border border-line bg-surface">
        {proof.checks.map(({ command, exitCode, took, tail }) => (
          <li key={command}>
            <details className="group">
              <summary className="flex cursor-pointer list-none items-center gap-2.5 rounded-md px-3 py-2 hover:bg-raised [&::-webkit-details-marker]:hidden">
                <Icon
                  name={exitCode === 0 ? 'check' : 'cross'}
                  className={exitCode === 0 ? 'size-4 shrink-0 text-alive' : 'size-4 shrink-0 text-failure'}
                />
                <code className="min-w-0 flex-1 truncate font-mono text-[12.5px]">{command}</code>
                <span className="shrink-0 text-faint text-xs tabular-nums">
                  {strings.exitCode(exitCode)} · {formatDuration(took)}
                </span>
                <Icon name="next" className="size-3.5 shrink-0 text-faint group-open:rotate-90" />
              </summary>
              <CodeBox className="max-h-64 overflow-y-auto border-line border-t px-3 py-2 text-muted">
                {tail.trim() === '' ? strings.printedNothing : tail.trimEnd()}
              </CodeBox>
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}
