/** What differs between the moment that is shown and now, table by table. */
import type { RowDiff, TableDiff } from '../../../contract/audit.ts';
import type { Seq } from '../../../core/ids.ts';
import { Notice } from '../../design/notice.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { useAsked } from '../../lib/use-asked.ts';
import { labelOf } from './row-label.ts';
import { strings } from './strings.ts';

const shownRows = 50;

export function DiffPanel({ seq, head }: { seq: Seq; head: Seq }) {
  const { answer: diff, refusal } = useAsked('diff', { from: { seq }, limit: shownRows }, [head]);
  if (refusal !== null) return <Notice tone="failure">{refusal}</Notice>;
  if (!diff) return <Skeleton label={strings.loading} />;
  if (diff.tables.length === 0) return <p className="text-muted">{strings.sameAsNow}</p>;
  return (
    <div className="flex flex-col gap-4">
      {diff.tables.map((table) => (
        <Table key={table.table} table={table} />
      ))}
    </div>
  );
}

function Table({ table }: { table: TableDiff }) {
  return (
    <section>
      <h3 className="mb-1 flex items-baseline gap-2 font-medium">
        {table.table}
        <span className="text-faint text-xs">
          {strings.diffCounts(table.added, table.removed, table.changed)}
        </span>
      </h3>
      <ul className="flex flex-col">
        {table.rows.map((row) => (
          <li key={row.id} className="flex items-baseline gap-2 border-line/60 border-b py-1">
            <span className="font-mono text-muted">{signOf(row)}</span>
            <span className="min-w-0 flex-1 truncate" title={row.id}>
              {labelOf(row)}
            </span>
            <span className="truncate text-faint text-xs">
              {row.before === null
                ? strings.added
                : row.after === null
                  ? strings.removed
                  : strings.fields(row.fields)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const signOf = ({ before, after }: RowDiff) => (before === null ? '+' : after === null ? '−' : '~');
