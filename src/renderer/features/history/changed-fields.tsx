/** A row before and after, side by side: only the fields that differ. */
import type { RowChange } from '../../../contract/audit.ts';
import { strings } from './strings.ts';

export function ChangedFields({ change: { before, after } }: { change: RowChange }) {
  return (
    <div className="grid grid-cols-2 gap-2">
      <Row title={strings.rowBefore} row={before} other={after} />
      <Row title={strings.rowAfter} row={after} other={before} />
    </div>
  );
}

/** Of a row that was not there before, all fields. */
function Row({ title, row, other }: { title: string; row: object | null; other: object | null }) {
  const fields = Object.entries(row ?? {}).filter(
    ([name, value]) =>
      other === null ||
      JSON.stringify(value) !== JSON.stringify((other as Readonly<Record<string, unknown>>)[name]),
  );
  return (
    <div className="min-w-0 rounded-md border border-line bg-sunken px-2 py-1">
      <span className="text-faint text-xs">{title}</span>
      {fields.length === 0 ? (
        <p className="text-faint text-xs">{strings.nothing}</p>
      ) : (
        <dl className="font-mono text-xs">
          {fields.map(([name, value]) => (
            <div key={name} className="flex gap-1.5">
              <dt className="shrink-0 text-muted">{name}</dt>
              <dd className="min-w-0 break-all">{JSON.stringify(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
