/** One event of the audit; opened, it shows each row that it changed, before and after. */
import { useState } from 'react';
import type { AuditEntry } from '../../../contract/audit.ts';
import type { Seq } from '../../../core/ids.ts';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { Ago } from '../../lib/ago.tsx';
import { ChangedFields } from './changed-fields.tsx';
import { labelOf } from './row-label.ts';
import { strings } from './strings.ts';

export interface AuditRowProps {
  entry: AuditEntry;
  onGo: (seq: Seq) => void;
  onCompare: (seq: Seq) => void;
}

export function AuditRow({ entry, onGo, onCompare }: AuditRowProps) {
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
        <span className="min-w-7 shrink-0 font-mono text-faint text-xs">{entry.seq}</span>
        <span className="min-w-0 flex-1 break-words">
          <span className="font-medium">{entry.actor.name}</span>{' '}
          <span className="text-muted">{entry.what}</span>
          {entry.reason && <span className="block text-muted text-xs">{entry.reason}</span>}
        </span>
        <Ago at={entry.at} className="whitespace-nowrap text-faint text-xs" />
      </button>
      {isOpen && (
        <div className="flex flex-col gap-2 pb-3 pl-6">
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <code className="font-mono text-faint text-xs">{entry.type}</code>
            <span className="text-faint text-xs">{strings.changes(entry.changes.length)}</span>
            <Button size="small" onPress={() => onGo(entry.seq)}>
              {strings.goThere(entry.seq)}
            </Button>
            <Button size="small" onPress={() => onCompare(entry.seq)}>
              {strings.compareThere}
            </Button>
          </span>
          {entry.changes.map((change) => (
            <div key={`${change.table}-${change.id}`} className="flex flex-col gap-1">
              <span className="text-xs">
                <span className="text-faint">{change.table}</span> {labelOf(change)}
              </span>
              <ChangedFields change={change} />
            </div>
          ))}
        </div>
      )}
    </li>
  );
}
