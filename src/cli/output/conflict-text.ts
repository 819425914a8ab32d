/** A conflict for people: all that is kept of it, and what to do. */
import { calledAs } from '../called-as.ts';
import type { ConflictDocument } from '../documents/conflict-document.ts';
import type { Output } from './output.ts';
import { plainLine, plainText } from './plain-text.ts';

export function conflictText(conflict: ConflictDocument, { style }: Pick<Output, 'style'>): string {
  const { id, host, by, command, events, refusal, decidedAt, recordedAt } = conflict;
  return [
    `${style('strong', plainLine(String(command['type'])))} of ${plainLine(by.name)} ${style('over', `(${id})`)}`,
    `done at ${decidedAt} by the host ${host} alone; found not to fit at ${recordedAt}`,
    style('failed', `${refusal.code}: ${plainLine(refusal.message)}`),
    `the command:\n${json(command)}`,
    events.length === 0 ? 'it had led to nothing' : `what it had led to there:\n${json(events)}`,
    whatNext(conflict),
  ].join('\n');
}

/** What others wrote may hold control characters; as JSON they are escaped, but for those above U+007F. */
const json = (value: object): string => plainText(JSON.stringify(value, null, 2));

function whatNext({ id, resolution }: ConflictDocument): string {
  if (!resolution) {
    return `${calledAs()} conflicts reapply ${id}, or ${calledAs()} conflicts drop ${id} --reason "…"`;
  }
  const { how, by, reason, at } = resolution;
  const why = reason === null ? '' : `: ${plainLine(reason)}`;
  const who = by === null ? '' : ` by ${plainLine(by)}`;
  return `${how === 'reapplied' ? 'applied again' : how}${who} at ${at}${why}`;
}
