/** What differs between two moments, table by table; each row opens to its fields, before and after. */
import { useState } from 'react';
import type { RowDiff, TableDiff } from '../../../contract/audit.ts';
import type { Seq } from '../../../core/ids.ts';
import { Icon } from '../../design/icon.tsx';
import { Notice } from '../../design/notice.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { Ago } from '../../lib/ago.tsx';
import { useAsked } from '../../lib/use-asked.ts';
import { ChangedFields } from './changed-fields.tsx';
import { labelOf } from './row-label.ts';
import { strings } from './strings.ts';
import type { Past } from './use-past.ts';

const shownRows = 50;

export function DiffPanel({ past: { player, head, other } }: { past: Past }) {
  const { seq } = player.state;
  const [from, to] = other === null ? [seq, null] : other < seq ? [other, seq] : [seq, other];
  const { answer: diff, refusal } = useAsked(
    'diff',
    { from: { seq: from }, to: to === null ? null : { seq: to }, limit: shownRows },
    [to ?? head],
  );
  if (refusal !== null) return <Notice tone="failure">{refusal}</Notice>;
  if (!diff) return <Skeleton label={strings.loading} />;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-1 rounded-md border border-line bg-sunken px-3 py-2 text-xs">
        <End word={strings.from} seq={diff.from.seq} at={<Ago at={diff.from.at} />} />
        <End
          word={strings.to}
          seq={diff.to.seq}
          at={to === null ? strings.now.toLowerCase() : <Ago at={diff.to.at} />}
        />
        {other === null && <p className="text-faint">{strings.compareHelp}</p>}
      </div>
      {diff.tables.length === 0 && (
        <p className="text-muted">{to === null ? strings.sameAsNow : strings.same}</p>
      )}
      {diff.tables.map((table) => (
        <Table key={table.table} table={table} />
      ))}
    </div>
  );
}

function End({ word, seq, at }: { word: string; seq: Seq; at: React.ReactNode }) {
  return (
    <p className="flex items-baseline gap-2">
      <span className="w-8 text-faint">{word}</span>
      <span className="font-mono">{strings.event(seq)}</span>
      <span className="text-muted">{at}</span>
    </p>
  );
}

function Table({ table }: { table: TableDiff }) {
  const rest = table.added + table.removed + table.changed - table.rows.length;
  return (
    <section aria-label={strings.tables[table.table]}>
      <h2 className="mb-1 flex items-baseline gap-2 font-medium">
        {strings.tables[table.table]}
        <span className="text-faint text-xs">
          {strings.diffCounts(table.added, table.removed, table.changed)}
        </span>
      </h2>
      <ul className="flex flex-col">
        {table.rows.map((row) => (
          <DiffRow key={row.id} row={row} />
        ))}
      </ul>
      {rest > 0 && <p className="pt-1 text-faint text-xs">{strings.moreRows(rest)}</p>}
    </section>
  );
}

function DiffRow({ row }: { row: RowDiff }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <li className="border-line/60 border-b">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex w-full items-baseline gap-2 rounded-sm py-1 text-left hover:bg-hover"
      >
        <Icon name={isOpen ? 'down' : 'next'} className="size-3.5 self-center text-faint" />
        <span className={`font-mono ${inkOf(row)}`}>{signOf(row)}</span>
        <span className="min-w-0 flex-1 truncate" title={row.id}>
          {labelOf(row)}
        </span>
        <span className="max-w-[45%] truncate text-faint text-xs">
          {row.before === null
            ? strings.added
            : row.after === null
              ? strings.removed
              : strings.fields(row.fields)}
        </span>
      </button>
      {isOpen && (
        <div className="pb-2 pl-5">
          <ChangedFields change={row} />
        </div>
      )}
    </li>
  );
}

const signOf = ({ before, after }: RowDiff) => (before === null ? '+' : after === null ? '−' : '~');
const inkOf = ({ before, after }: RowDiff) =>
  before === null ? 'text-alive' : after === null ? 'text-failure' : 'text-waiting';
