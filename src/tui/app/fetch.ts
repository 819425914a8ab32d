/** Asks the host for what the state does not hold: an artifact, a thread, a log, what was spent, what happened. */
import { plainLines } from '../../cli/output/plain-text.ts';
import type { Coordination } from '../../contract/rpc.ts';
import type { Fetched, Want } from '../model/screen.ts';

/** More of an artifact nobody reads at a terminal. */
const mostLines = 2_000;
const mostActivity = 40;
/** What people want to hear of; the rest is how it came about. */
const news = [
  'company',
  'epic',
  'task.created',
  'task.claimed',
  'task.submitted',
  'task.done',
  'task.failed',
  'task.attempt_failed',
  'task.sent_back',
  'task.cancelled',
  'gate.asked',
  'gate.signed',
  'gate.opened',
  'gate.rejected',
  'gate.vetoed',
  'approval',
  'member',
  'message',
  'decision',
  'worker.hung',
  'worker.crashed',
  'host',
  'conflict',
] as const;
const logPiece = 262_144;
/** Of a worker's log as much as one scrolls through. */
const mostLogLines = 5_000;

export async function fetchOne(
  coordination: Coordination,
  want: Exclude<Want, { kind: 'log' }>,
): Promise<Partial<Fetched>> {
  switch (want.kind) {
    case 'artifact': {
      const { base64 } = await coordination.query('artifact', { hash: want.hash });
      return { artifact: readable(Buffer.from(base64, 'base64')) };
    }
    case 'thread':
      return { thread: await coordination.query('thread', { threadId: want.threadId, limit: 200 }) };
    case 'usage':
      return { usage: await coordination.query('usage', { by: want.by }) };
    case 'activity': {
      const { entries } = await coordination.query('audit', { limit: mostActivity, types: [...news] });
      return { activity: entries.map(({ at, actor, what }) => ({ at, who: actor.name, what })) };
    }
  }
}

function readable(bytes: Buffer): string[] {
  if (bytes.includes(0)) return [`(${bytes.byteLength} bytes that are no text)`];
  const lines = plainLines(bytes.toString('utf8'));
  return lines.length <= mostLines ? lines : [...lines.slice(0, mostLines), '… and more'];
}

/** Reads a log on from a byte; `next` is where it goes on. */
export async function readLog(
  coordination: Coordination,
  { workerId }: Extract<Want, { kind: 'log' }>,
  from: number,
): Promise<{ readonly text: string; readonly next: number; readonly ended: boolean }> {
  return await coordination.query('workerLog', { workerId, from, limit: logPiece });
}

export function logLines(text: string): string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n').slice(-mostLogLines);
}
