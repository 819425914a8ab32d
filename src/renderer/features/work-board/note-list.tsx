/** The notes with which gates sent a task back, newest first. */
import type { RejectionNote } from '../../../core/task/task.ts';
import { Ago } from '../../lib/ago.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { strings } from './strings.ts';

export function NoteList({ notes }: { notes: readonly RejectionNote[] }) {
  const members = useLive((state) => notes.map(({ by }) => (by ? state.members.get(by)?.name : null)));
  return (
    <ol className="flex flex-col gap-2">
      {notes
        .map((note, at) => (
          <li
            key={`${note.gateId}-${note.at}`}
            className="rounded-md border border-waiting/40 bg-waiting-soft px-3 py-2"
          >
            <p className="flex justify-between gap-2 text-waiting text-xs">
              {strings.noteFrom(
                members[at] ?? (note.gateId === null ? strings.theHost : strings.timeRanOut),
                note.gateName,
              )}
              <Ago at={note.at} />
            </p>
            <p className="mt-0.5 whitespace-pre-wrap break-words">{note.note}</p>
          </li>
        ))
        .toReversed()}
    </ol>
  );
}
