/** Answers those whose commands were decided, once it is known what became of them. */
import { CoordError } from '../core/error.ts';
import type { StoredEvent } from '../core/event.ts';
import type { Seq } from '../core/ids.ts';
import type { Ask, Decided } from './decide-batch.ts';
import { hasEvents } from './decide-batch.ts';

/** Answers those that stand in the log, with the numbers that they got there. @returns the others */
export function settleWritten(
  decided: readonly Decided[],
  results: readonly (Seq | 'conflict')[],
): Decided[] {
  const outcomes = results.values();
  return decided.filter((one) => {
    const last = hasEvents(one) ? outcomes.next().value : undefined;
    if (last === undefined || last === 'conflict') return true;
    if (one.refusal) one.ask.reject(one.refusal);
    else one.ask.resolve({ seq: last, events: renumbered(one.events, last) });
    return false;
  });
}

function renumbered(events: readonly StoredEvent[], last: Seq): StoredEvent[] {
  const first = last - events.length + 1;
  return events.map((stored, place) => ({ ...stored, seq: (first + place) as Seq }));
}

/** @param head the last event when the batch was decided */
export function settle(decided: readonly Decided[], head: Seq): void {
  for (const { ask, events, refusal } of decided) {
    if (refusal) ask.reject(refusal);
    else ask.resolve({ seq: events.at(-1)?.seq ?? head, events });
  }
}

export function refuseAll(asks: readonly Ask[], refusal: CoordError): void {
  for (const ask of asks) ask.reject(refusal);
}

/** Answers those that claim, for whom there is nothing now. @returns the others */
export function withoutClaims(asks: readonly Ask[], head: Seq): readonly Ask[] {
  return asks.filter((ask) => {
    if (ask.command.type !== 'task.claim') return true;
    nothingClaimed(ask, head);
    return false;
  });
}

/** Whoever takes what there is finds nothing for now, and asks again; who wants a certain task is told why not. */
export function nothingClaimed({ command, resolve, reject }: Ask, head: Seq): void {
  if ('taskId' in command && command.taskId === null) return resolve({ seq: head, events: [] });
  reject(
    new CoordError(
      'LOG_UNAVAILABLE',
      'The task was not claimed: this host is cut off from the others, and one of them may take it. Try again in some seconds',
    ),
  );
}

export function contended(command: Ask['command'], decisions: number): CoordError {
  return new CoordError(
    'LOG_UNAVAILABLE',
    `${command.type} was refused: another host kept changing what it is about (${decisions} times). Try again`,
  );
}
