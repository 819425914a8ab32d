/** One event of the audit; opened, it shows each row that it changed, before and after. */
import { useState } from 'react';
import type { AuditEntry } from '../../../contract/audit.ts';
import type { Seq } from '../../../core/ids.ts';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { Ago } from '../../lib/ago.tsx';
import { labelOf } from './row-label.ts';
import { strings } from './strings.ts';

export function AuditRow({ entry, onGo }: { entry: AuditEntry; onGo: (seq: Seq) => void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <li className="border-line/60 border-b">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex w-full items-baseline gap-2 rounded-sm py-1.5 text-left hover:bg-hover"
      >
        <Icon name={isOpen ? 'down' : 'next'} className="self-center text-faint" />
        <span className="w-14 shrink-0 font-mono text-faint text-xs">{entry.seq}</span>
        <span className="min-w-0 flex-1 break-words">
          <span className="font-medium">{entry.actor.name}</span>{' '}
          <span className="text-muted">{entry.what}</span>
          {entry.reason && <span className="block text-muted text-xs">{entry.reason}</span>}
        </span>
        <Ago at={entry.at} className="whitespace-nowrap text-faint text-xs" />
      </button>
      {isOpen && (
        <div className="flex flex-col gap-2 pb-3 pl-6">
          <span className="flex items-center gap-3">
            <code className="font-mono text-faint text-xs">{entry.type}</code>
            <span className="text-faint text-xs">{strings.changes(entry.changes.length)}</span>
            <Button size="small" onPress={() => onGo(entry.seq)}>
              {strings.goThere(entry.seq)}
            </Button>
          </span>
          {entry.changes.map((change) => (
            <div key={`${change.table}-${change.id}`} className="flex flex-col gap-1">
              <span className="text-xs">
                <span className="text-faint">{change.table}</span> {labelOf(change)}
              </span>
              <div className="grid grid-cols-2 gap-2">
                <Row title={strings.rowBefore} row={change.before} other={change.after} />
                <Row title={strings.rowAfter} row={change.after} other={change.before} />
              </div>
            </div>
          ))}
        </div>
      )}
    </li>
  );
}

/** Only the fields that differ from the other side; of a row that was not there before, all. */
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
