/** Which commands nobody is asked about when they no longer fit: they carry no work, no words and no decision. */
import type { Command } from '../command.ts';
import type { KeptCommand } from './conflict.ts';

const held = 'it only held something for its session, which was told that it does not';
const worker = 'the worker that it is about has ended, or was not taken';

/** Why each lapses: it stays on record, and whoever holds what it gave is told. */
const reasons: Partial<Record<Command['type'], string>> = {
  'task.claim': held,
  'task.await_budget': held,
  'task.await_parts': held,
  'member.rest': held,
  'lock.acquire': held,
  'usage.reserve': held,
  'task.release': 'what it gave back was not its own to give back any more',
  'gate.set_aside': 'the gate that was set aside asks for nothing any more, or asks anew',
  'gate.take_up': 'the gate that was taken up is in sight already',
  'worker.drain': worker,
  'worker.pause': worker,
  'worker.resume': worker,
  'worker.end': worker,
  'board.mark_read': 'what it marked as read is not there any more',
  'session.open': 'it only said that a session begins',
};

/** Signs of life, which say nothing once what they kept alive is over; that is on record already. */
const signsOfLife: ReadonlySet<string> = new Set<Command['type']>([
  'worker.report_ready',
  'worker.beat',
  'task.renew',
  'lock.renew',
  'lock.release',
]);

/** Null: a person decides what becomes of it. */
export function whyLapses({ type }: KeptCommand): string | null {
  // The name may be anybody's, such as `toString`.
  return Object.hasOwn(reasons, type) ? (reasons[type as Command['type']] ?? null) : null;
}

/** It is not even put on record that it no longer fits. */
export function isForgotten({ type }: Command): boolean {
  // Others have settled the same conflict meanwhile: that is no further one.
  return signsOfLife.has(type) || type === 'conflict.drop' || type === 'conflict.reapply';
}
